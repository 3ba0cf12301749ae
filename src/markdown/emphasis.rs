//! Emphasis beside Chinese punctuation, which `CommonMark`'s flanking rule leaves as literal asterisks.
