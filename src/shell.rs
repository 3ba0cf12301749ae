//! The thin shell: terminal, input, hand-offs to other programs, and the loop.
