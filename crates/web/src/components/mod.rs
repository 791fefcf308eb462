//! The parts that pages are made of (构件). Each is a plain struct with public fields and `render()`, or one function.

pub mod icon;
pub mod light;

pub use icon::{Icon, icon};
pub use light::{Lamp, Light};
