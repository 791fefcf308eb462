//! English (英文目录): Chinese text and its English, one file per area. A text stands once, in the area that says it first.

mod analysis;
mod answers;
mod blank_slips;
mod calendars;
mod cases;
mod charges;
mod complaints;
mod components;
mod contacts;
mod desk;
mod dispatch;
mod duty;
mod entry;
mod follow_up;
mod frame;
mod home;
mod jobs;
mod mass_events;
mod materials;
mod office;
mod papers;
mod periods;
mod permission;
mod prices;
mod registers;
mod repairs;
mod resident;
mod rulebooks;
mod settings;
mod warranty;
mod what_if;

/// All areas with their names.
pub const AREAS: &[(&str, &[(&str, &str)])] = &[
    ("dispatch", dispatch::WORDS),
    ("duty", duty::WORDS),
    ("calendars", calendars::WORDS),
    ("follow_up", follow_up::WORDS),
    ("jobs", jobs::WORDS),
    ("mass_events", mass_events::WORDS),
    ("materials", materials::WORDS),
    ("office", office::WORDS),
    ("frame", frame::WORDS),
    ("components", components::WORDS),
    ("analysis", analysis::WORDS),
    ("answers", answers::WORDS),
    ("blank_slips", blank_slips::WORDS),
    ("cases", cases::WORDS),
    ("charges", charges::WORDS),
    ("complaints", complaints::WORDS),
    ("contacts", contacts::WORDS),
    ("desk", desk::WORDS),
    ("entry", entry::WORDS),
    ("home", home::WORDS),
    ("papers", papers::WORDS),
    ("periods", periods::WORDS),
    ("permission", permission::WORDS),
    ("prices", prices::WORDS),
    ("registers", registers::WORDS),
    ("repairs", repairs::WORDS),
    ("resident", resident::WORDS),
    ("rulebooks", rulebooks::WORDS),
    ("settings", settings::WORDS),
    ("warranty", warranty::WORDS),
    ("what_if", what_if::WORDS),
];
