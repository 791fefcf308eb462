//! Pages (页面), phone pages, print and JSON API. No SQL, no rules.

pub mod answers;
pub mod assets;
pub mod blank_slips;
pub mod calendars;
pub mod cases;
pub mod complaints;
pub mod components;
pub mod composed;
pub mod contacts;
pub mod desk;
pub mod dispatch;
pub mod duty;
pub mod entry;
pub mod follow_up;
pub mod foundation;
pub mod home;
pub mod jobs;
pub mod language;
pub mod live;
pub mod mass_events;
pub mod page;
pub mod papers;
pub mod periods;
pub mod registers;
pub mod repairs;
pub mod routes;
pub mod rulebooks;
pub mod script;
pub mod security;
pub mod settings;
pub mod signing;
pub mod site_map;
pub mod state;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod theme;

pub use language::Language;
pub use page::{Frame, Page, Place, Surroundings};
pub use routes::Route;
pub use security::{Fault, Grants, Guard, Permission, Viewer};
pub use site_map::site;
pub use state::{Clock, Here, Web};
