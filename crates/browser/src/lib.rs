//! What browser tests stand on (浏览器测试台): the program on a free port with its own data, a driver, a window of a given width.

mod office;
mod relay;
mod server;
mod window;

pub use office::{Matter, Office};
pub use relay::Relay;
pub use server::{Server, Storage};
pub use window::{DESK, Manner, PHONE, Window};
