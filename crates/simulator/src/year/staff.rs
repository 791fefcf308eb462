//! The staff model (人手模型): how many people of a post are there at what hour, and what that leaves free.
//!
//! Figures are for 2 000 households and grow with their number; at least one is always there by day.

use std::collections::BTreeMap;

use calendar::Moment;
use rulebook::simulate::PostLoad;

/// People of one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crew {
    /// Post of the vocabulary.
    pub post: &'static str,
    /// By day, 8:00 to 20:00, for 2 000 households.
    pub day: u32,
    /// By night.
    pub night: u32,
    /// Posts of rulebooks whose work they do too.
    pub also: &'static [&'static str],
}

const fn crew(post: &'static str, day: u32, night: u32, also: &'static [&'static str]) -> Crew {
    Crew { post, day, night, also }
}

/// Everybody.
pub const CREWS: &[Crew] = &[
    crew("front_desk", 3, 1, &["receptionist", "service_centre", "employee", "area_staff", "information_clerk"]),
    crew("follow_up_person", 2, 0, &["estate_officer", "property_assistant"]),
    crew("service_supervisor", 1, 0, &["service_centre_head", "management_staff", "supervisor_staff"]),
    crew("technician", 6, 2, &[]),
    crew(
        "engineering_supervisor",
        2,
        1,
        &["deputy_engineering_supervisor", "dispatcher", "dispatch_centre", "engineer"],
    ),
    crew("responsible_department", 2, 0, &["department_head", "responsible_person", "department_first"]),
    crew("office_manager", 1, 0, &["superior_leader", "company_manager"]),
    crew("finance", 1, 0, &[]),
    crew("archive", 1, 0, &[]),
    crew("security_guard", 4, 4, &["control_room"]),
];

/// Minutes of a slot.
const SLOT: i64 = 15;
/// Days that are kept: the year and what it leaves for the next.
const DAYS: i64 = 366 + 120;

/// The crew that does a post's work; those nobody stands for go to the supervisor.
pub fn crew_of(post: &str) -> &'static str {
    let found = CREWS.iter().find(|crew| crew.post == post || crew.also.contains(&post));
    found.map_or("service_supervisor", |crew| crew.post)
}

/// The free minutes of every crew, slot by slot.
#[derive(Clone, Debug)]
pub struct Loads {
    first: Moment,
    free: BTreeMap<&'static str, Vec<u16>>,
    posts: BTreeMap<&'static str, PostLoad>,
}

impl Loads {
    /// A year from `first` (midnight) with nobody busy.
    pub(super) fn of(units: u32, first: Moment) -> Loads {
        let heads = |per: u32| if per == 0 { 0 } else { (per * units).div_ceil(2000).max(1) };
        let mut loads = Loads { first, free: BTreeMap::new(), posts: BTreeMap::new() };
        for crew in CREWS {
            let (day, night) = (heads(crew.day).max(1), heads(crew.night));
            let slot = |place: i64| {
                let hour = place * SLOT / 60 % 24;
                let people = if (8..20).contains(&hour) { day } else { night };
                u16::try_from(i64::from(people) * SLOT).unwrap_or(u16::MAX)
            };
            loads.free.insert(crew.post, (0..DAYS * 24 * 60 / SLOT).map(slot).collect());
            let mut load = PostLoad { day, night, ..PostLoad::default() };
            for (hour, there) in load.there.iter_mut().enumerate() {
                *there = u64::from(if (8..20).contains(&hour) { day } else { night }) * 60 * 365;
            }
            loads.posts.insert(crew.post, load);
        }
        loads
    }

    /// Somebody of the crew works so many minutes as soon as they can from a moment on; one pair of hands at a time. Answers
    /// when it is done. Work that finds nobody within the kept days is done at their end.
    pub(super) fn work(&mut self, post: &str, from: Moment, minutes: i64) -> Moment {
        let post = crew_of(post);
        let (Some(free), Some(load)) = (self.free.get_mut(post), self.posts.get_mut(post)) else { return from };
        let ready = from.seconds_since(self.first).max(0);
        let (mut place, mut inside) = ((ready / 60 / SLOT) as usize, ready % (SLOT * 60));
        let mut left = minutes.max(1) * 60;
        load.acts += 1;
        let mut begun = None;
        while let Some(slot) = free.get_mut(place) {
            let usable = (i64::from(*slot) * 60).min(SLOT * 60 - inside).min(left);
            if usable > 0 {
                begun.get_or_insert(place as i64 * SLOT * 60 + inside);
                *slot -= u16::try_from((usable + 59) / 60).unwrap_or(0).min(*slot);
                load.minutes[(place as i64 * SLOT / 60 % 24) as usize] += (usable as u64).div_ceil(60);
                left -= usable;
                if left == 0 {
                    let end = place as i64 * SLOT * 60 + inside + usable;
                    load.waited += begun.map_or(0, |begun| (begun - ready).max(0)).unsigned_abs() / 60;
                    return self.first.plus_seconds(end);
                }
            }
            place += 1;
            inside = 0;
        }
        self.first.plus_seconds(DAYS * 86_400)
    }

    /// Post → load, by post.
    pub fn posts(&self) -> &BTreeMap<&'static str, PostLoad> {
        &self.posts
    }
}
