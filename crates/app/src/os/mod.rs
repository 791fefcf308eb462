//! What differs between operating systems (操作系统): private files, signals to stop, places unfit for a database.

mod mounts;

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub use unix::{stop_asked, write_private};

#[cfg(not(unix))]
mod elsewhere;
#[cfg(not(unix))]
pub use elsewhere::{stop_asked, write_private};

pub use mounts::unfit;
