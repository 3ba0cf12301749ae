//! Unix: tried on Linux; macOS and the BSDs have the same calls.

mod files;
mod processes;
mod terminal;

pub use files::{
    changed, file_identity, folder_options, is_fifo, is_input_piped, is_link_circle, is_remote,
    is_socket, modified, path_of_bytes, private, wait_for_mounts, without_waiting,
};
pub use processes::{
    Interrupts, SystemSignal, can_stop, end_by, end_group, in_own_group, signals, stop,
};
pub use terminal::{
    AsHandle, Handle, forget_input, is_terminal_gone, own_input, read, readable,
    terminal_of_output, write_output,
};
