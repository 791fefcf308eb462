//! What stands between the network and the pages (安全): headers, the check that a post comes from our own pages,
//! cookies and sessions, passwords, rate limits, permissions, uploads, and faults with a short number.

pub mod cookies;
pub mod door;
pub mod fault;
pub mod guard;
pub mod headers;
pub mod lockout;
pub mod origin;
pub mod password;
pub mod permission;
pub mod session;
pub mod throttle;
pub mod upload;

pub use door::Door;
pub use fault::Fault;
pub use guard::Guard;
pub use permission::{Grants, Permission};
pub use session::{SessionToken, TokenHash, Viewer};
