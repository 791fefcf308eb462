//! The parts that pages are made of (构件). Each is a plain struct with public fields and `render()`, or one function.
//! Words come in as the page wants them said; only the parts' own words go through `t`.

pub mod board;
pub mod chart;
pub mod field;
pub mod figure;
pub mod icon;
pub mod light;
pub mod marks;
pub mod panel;
pub mod paper;
pub mod qr;
pub mod refusal;
pub mod register;
pub mod stepper;
pub mod timeline;
pub mod timing;
pub mod work;

pub use icon::{Icon, icon, lucide};
pub use light::{Lamp, Light};
pub use marks::{Seal, Tone, clause, tag};
pub use panel::{empty, facts, live_panel, panel, tabs};
pub use refusal::{refusal, refused};
pub use timing::Timing;
