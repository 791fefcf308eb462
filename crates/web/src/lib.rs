//! Pages, phone pages, print and JSON API. No SQL, no rules.

pub mod assets;
pub mod components;
pub mod foundation;
pub mod language;
pub mod live;
pub mod page;
pub mod routes;
pub mod script;
pub mod security;
pub mod theme;

pub use language::Language;
pub use page::{Frame, Page, Place, Surroundings};
pub use routes::Route;
pub use security::{Fault, Grants, Guard, Permission, Viewer};
