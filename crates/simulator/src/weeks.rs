//! The weeks behind and the hour now (几周经过): which matters there are, when they begin, what goes on at this moment.

use calendar::{Moment, Zone};

use crate::chance::Chance;
use crate::complaint::{self, Course as Complaint};
use crate::contact;
use crate::estate::Home;
use crate::matter;
use crate::repair::{self, Course as Repair};
use crate::tale::Tale;
use crate::topic;

/// Days of history before now.
pub const DAYS: i64 = 42;

/// How repairs go, in hundredths.
const REPAIRS: &[(Repair, i64)] = &[
    (Repair::Plain, 44),
    (Repair::Appointed, 18),
    (Repair::Special, 8),
    (Repair::SpecialRefused, 3),
    (Repair::Refused, 5),
    (Repair::OwnMaterial, 6),
    (Repair::Rework, 5),
    (Repair::Different, 4),
    (Repair::Declined, 3),
    (Repair::Withdrawn, 3),
    (Repair::Reopened, 1),
];

/// How complaints go, in hundredths.
const COMPLAINTS: &[(Complaint, i64)] = &[
    (Complaint::Plain, 40),
    (Complaint::WithSheet, 4),
    (Complaint::Late, 16),
    (Complaint::OnSpot, 12),
    (Complaint::WithOpinion, 8),
    (Complaint::Invalid, 6),
    (Complaint::Difficult, 5),
    (Complaint::Unsolvable, 5),
    (Complaint::FromAbove, 4),
];

/// Tells everything: the matters of the weeks behind, then those of this hour.
pub struct Teller<'a> {
    /// Who calls.
    pub homes: &'a [Home],
    /// Zone of the site.
    pub zone: &'a Zone,
    /// The present moment: no step lies after it.
    pub now: Moment,
    /// Seed.
    pub seed: u64,
    told: usize,
}

impl<'a> Teller<'a> {
    /// A teller for these households.
    pub fn new(homes: &'a [Home], zone: &'a Zone, now: Moment, seed: u64) -> Teller<'a> {
        Teller { homes, zone, now, seed, told: 0 }
    }

    /// All tales; steps after now are left out.
    pub fn all(&mut self) -> Vec<Tale> {
        let mut tales = self.weeks();
        let lift = self.lift();
        let members: Vec<String> = lift.iter().take(4).map(|tale| tale.case.clone()).collect();
        tales.extend(lift);
        tales.extend(self.learnt(&members));
        let (mut smoke, _) = self.begin(self.now.plus_seconds(-11 * 86_400));
        matter::emergency(&mut smoke);
        tales.push(smoke);
        tales.extend(self.hour());
        tales.extend(crate::shift::tales(self.homes, self.zone, self.now, self.seed));
        tales.extend(crate::order::tales(self.zone, self.now, self.seed));
        tales.extend(crate::paid_service::tales(self.homes, self.zone, self.now, self.seed));
        tales.extend(crate::stock::tales(self.zone, self.now, self.seed));
        tales.extend(crate::warranty::tales(self.homes, self.zone, self.now, self.seed));
        tales.push(crate::duties::kept(self.zone, self.now, Chance::of(self.seed, "periods")));
        tales.extend(crate::report::tales(self.zone, self.now, self.seed));
        tales.extend(self.contacts());
        tales.extend(crate::draw::tales(self.zone, self.now, self.seed));
        tales.extend(crate::survey::tales(self.zone, self.now, self.seed));
        tales.extend(crate::visit::tales(self.homes, self.zone, self.now, self.seed));
        tales.extend(crate::appraisal::tales(self.zone, self.now, self.seed));
        tales.extend(crate::dossier::tales(self.homes, self.zone, self.now, self.seed));
        tales.extend(crate::blank_slip::tales(self.homes, self.zone, self.now, self.seed));
        tales.extend(crate::paper::tales(self.zone, self.now, self.seed));
        tales.extend(crate::mail::tales(self.homes, self.zone, self.now, self.seed));
        tales.extend(crate::mass_event::tales(self.homes, self.zone, self.now, self.seed));
        for tale in &mut tales {
            tale.steps.retain(|step| step.at <= self.now);
        }
        tales.retain(|tale| !tale.steps.is_empty());
        tales
    }

    fn begin(&mut self, at: Moment) -> (Tale, &'a Home) {
        self.told += 1;
        let case = format!("demo{:04}", self.told);
        let mut chance = Chance::of(self.seed, &case);
        let home = chance.pick(self.homes);
        (Tale::begin(&case, at, self.zone, chance), home)
    }

    /// Five to seven matters a day, most of them by day.
    fn weeks(&mut self) -> Vec<Tale> {
        let mut chance = Chance::of(self.seed, "weeks");
        let today = self.zone.date(self.now);
        let mut tales = Vec::new();
        for back in (0..=DAYS).rev() {
            let date = today.saturating_sub(jiff::Span::new().days(back));
            let midnight = self.zone.moment(date.at(0, 0, 0, 0));
            let mut minutes: Vec<i64> = (0..chance.between(5, 7)).map(|_| minute_of_day(&mut chance)).collect();
            minutes.sort_unstable();
            for minute in minutes {
                let kind = chance.between(0, 99);
                let at = midnight.plus_seconds(minute * 60 + chance.between(0, 59));
                // The last quarter of an hour belongs to what goes on now.
                if at < self.now.plus_seconds(-900) {
                    tales.push(self.one(&mut chance, kind, at));
                }
            }
        }
        tales
    }

    fn one(&mut self, chance: &mut Chance, kind: i64, at: Moment) -> Tale {
        let (mut tale, home) = self.begin(at);
        match kind {
            0..45 => repair::dwelling(&mut tale, home, weighted(chance, REPAIRS)),
            45..57 => {
                let seen = chance.percent(60);
                repair::shared(&mut tale, Some(home).filter(|_| seen));
            }
            57..79 => complaint::complaint(&mut tale, home, weighted(chance, COMPLAINTS)),
            _ => matter::matter(&mut tale, home),
        }
        tale
    }

    /// What goes on at this moment: every kind of clock runs somewhere, one bell rings.
    fn hour(&mut self) -> Vec<Tale> {
        let mut tales = Vec::new();
        for (course, act, minutes) in [
            (Repair::Plain, "repair.taken_on", 5),
            (Repair::Plain, "repair.taken_on", 23),
            (Repair::Plain, "repair.assigned", 2),
            (Repair::Plain, "repair.arrived", 4),
            (Repair::Different, "repair.difference_noted", 3),
            (Repair::OwnMaterial, "repair.material_checked", 2),
            (Repair::Rework, "repair.rework_needed", 6),
            (Repair::Special, "repair.supervisor_took_on", 7),
            (Repair::Special, "repair.supervisor_took_on", 19),
            (Repair::Refused, "repair.refusal_worker_signed", 12),
            (Repair::Plain, "repair.customer_signed", 20),
            (Repair::Plain, "repair.return_booked", 40),
        ] {
            tales.push(self.now_at(act, minutes, |tale, home| repair::dwelling(tale, home, course)));
        }
        for (act, minutes) in [("repair.sheet_signed", 6), ("repair.sheet_handed", 3)] {
            tales.push(self.now_at(act, minutes, |tale, home| repair::shared(tale, Some(home))));
        }
        for (course, act, minutes) in [
            (Complaint::Plain, "complaint.accepted", 25),
            (Complaint::Plain, "liaison.received", 195),
            (Complaint::Plain, "liaison.received", 330),
            (Complaint::Plain, "complaint.area_signed", 60),
            (Complaint::WithOpinion, "complaint.notified_superior_leader", 15),
            (Complaint::Difficult, "complaint.found_difficult", 30),
            (Complaint::Plain, "complaint.resolved", 26 * 60),
            (Complaint::Plain, "complaint.handling_recorded", 50 * 60),
            (Complaint::FromAbove, "complaint.accepted", 90),
            (Complaint::WithSheet, "complaint.sheet_approved", 45),
            (Complaint::WithSheet, "complaint.prevention_reported", 3 * 24 * 60),
        ] {
            tales.push(self.now_at(act, minutes, |tale, home| complaint::complaint(tale, home, course)));
        }
        for hours in [1, 3, 20] {
            let (mut tale, home) = self.begin(self.now.plus_seconds(-hours * 3600));
            repair::dwelling(&mut tale, home, Repair::Appointed);
            tales.push(tale);
        }
        let mut chased = self.now_at("repair.taken_on", 31, |tale, home| repair::dwelling(tale, home, Repair::Plain));
        chased.at = self.now.plus_seconds(-240);
        chased.tell("desk1", "case.chased", "来电问师傅什么时候到", &[]);
        tales.push(chased);
        tales.push(self.ringing());
        tales
    }

    /// A matter told until `act`, which happened `minutes` ago.
    fn now_at(&mut self, act: &str, minutes: i64, tell: impl Fn(&mut Tale, &Home)) -> Tale {
        let moment = self.now.plus_seconds(-minutes * 60);
        // Chance may lead past the act that is wanted; then the next one tells it.
        for _ in 0..20 {
            let (mut tale, home) = self.begin(moment);
            tell(&mut tale, home);
            if tale.moment_of(act).is_some() {
                return tale.up_to(act, moment);
            }
        }
        let (mut tale, home) = self.begin(moment);
        matter::matter(&mut tale, home);
        tale
    }

    /// The lift that is complained of again and again, the last time by two households at once.
    fn lift(&mut self) -> Vec<Tale> {
        let mut tales = Vec::new();
        for days in [33, 19, 6] {
            let (mut tale, _) = self.begin(self.now.plus_seconds(-days * 86_400));
            tale.office();
            complaint::about_the_lift(&mut tale, None);
            tales.push(tale);
        }
        let (mut first, _) = self.begin(self.now.plus_seconds(-110 * 60));
        complaint::about_the_lift(&mut first, None);
        let (mut second, _) = self.begin(self.now.plus_seconds(-50 * 60));
        complaint::about_the_lift(&mut second, Some(&first.case));
        tales.extend([first.up_to("liaison.received", self.now.plus_seconds(-60 * 60)), second]);
        tales
    }

    /// Common problems, a serious problem of the statistics, the quarter's report, a review.
    fn learnt(&mut self, members: &[String]) -> Vec<Tale> {
        let today = self.zone.date(self.now);
        let mut at = |days: i64| {
            let (mut tale, _) = self.begin(self.now.plus_seconds(-days * 86_400));
            tale.office();
            tale
        };
        let (mut lift, mut smell, mut solved, mut open, mut report, mut review) =
            (at(4), at(8), at(16), at(2), at(3), at(9));
        let month = today.first_of_month().saturating_sub(jiff::Span::new().days(1));
        topic::lift(&mut lift, &members[..members.len().min(3)]);
        topic::smell(&mut smell);
        topic::serious(&mut solved, month, true);
        topic::serious(&mut open, month, false);
        topic::report(&mut report, today);
        topic::review(&mut review, month);
        vec![lift, smell, solved, open, report, review]
    }

    /// Calls and visits that become no matter: two or three a day; one call was missed just now.
    fn contacts(&mut self) -> Vec<Tale> {
        let mut chance = Chance::of(self.seed, "contacts");
        let today = self.zone.date(self.now);
        let mut tales = Vec::new();
        for back in (0..=DAYS).rev() {
            let date = today.saturating_sub(jiff::Span::new().days(back));
            let midnight = self.zone.moment(date.at(0, 0, 0, 0));
            for _ in 0..chance.between(2, 3) {
                let at = midnight.plus_seconds(minute_of_day(&mut chance) * 60 + chance.between(0, 59));
                let lost = chance.percent(12);
                if at < self.now.plus_seconds(-3_600) {
                    let (mut tale, home) = self.begin(at);
                    match lost {
                        true => contact::missed(&mut tale, home, Some(4)),
                        false => contact::settled(&mut tale, home),
                    }
                    tales.push(tale);
                }
            }
        }
        let (mut tale, home) = self.begin(self.now.plus_seconds(-480));
        contact::missed(&mut tale, home, None);
        tales.push(tale);
        for (ago, comes) in [(2 * 86_400, true), (150, false)] {
            let (mut tale, home) = self.begin(self.now.plus_seconds(-ago));
            if comes {
                tale.office();
            }
            contact::agitated(&mut tale, home, comes);
            tales.push(tale);
        }
        tales
    }

    /// An order that came two minutes ago and rings.
    fn ringing(&mut self) -> Tale {
        let (mut tale, home) = self.begin(self.now.plus_seconds(-180));
        tale.register(&crate::tale::Intake {
            kind: office::case::CaseKind::Repair,
            channel: "phone",
            who: "desk1",
            home: Some(home),
            place: "",
            words: "厨房水管爆了，水往外流",
            attributes: &[
                ("repair.object", "own"),
                ("repair.on_price_list", "yes"),
                ("repair.kind", "水管"),
                ("repair.emergency", "yes"),
            ],
            minutes: 1,
            notify: true,
        });
        tale
    }
}

/// A minute of the day: mornings and evenings are busy, nights are not.
fn minute_of_day(chance: &mut Chance) -> i64 {
    let hour = *chance.pick(&[1, 7, 8, 8, 9, 9, 9, 10, 10, 11, 12, 14, 14, 15, 15, 16, 17, 18, 19, 19, 20, 20, 21, 22]);
    hour * 60 + chance.between(0, 59)
}

fn weighted<T: Copy>(chance: &mut Chance, from: &[(T, i64)]) -> T {
    let mut left = chance.between(0, from.iter().map(|(_, weight)| weight).sum::<i64>() - 1);
    for (course, weight) in from {
        if left < *weight {
            return *course;
        }
        left -= weight;
    }
    from[0].0
}
