//! Rules in English (英文读回).

use super::ReadBack;
use crate::model::*;

impl ReadBack<'_> {
    /// The rule as one English sentence.
    pub(super) fn rule_en(&self, rule: &Rule) -> String {
        let who = rule.who.as_ref().map_or("somebody".to_owned(), |who| self.post(&who.value));
        let mut sentence = match &rule.kind {
            Kind::Deadline(kind) => self.deadline_en(&who, kind),
            Kind::Duty(kind) => self.duty_en(&who, kind),
            Kind::Rate(kind) => self.rate_en(&who, kind),
            Kind::Count(kind) => self.count_en(kind),
            Kind::Route(kind) => self.route_en(&who, kind),
            Kind::Escalation(kind) => self.escalation_en(&who, kind),
            Kind::Classify(kind) => self.classify_en(kind),
            Kind::Right(kind) => self.right_en(&who, kind),
            Kind::Block(kind) => self.block_en(&who, kind),
            Kind::Sign(kind) => self.sign_en(kind),
            Kind::Form(kind) => self.form_en(kind),
            Kind::Record(kind) => self.record_en(&who, kind),
            Kind::Roster(kind) => self.roster_en(kind),
            Kind::Retention(kind) => self.retention_en(kind),
            Kind::Formula(kind) => self.formula_en(kind),
            Kind::Carried(kind) => self.carried_en(kind),
        };
        if rule.who.is_some() {
            sentence += match rule.by_other {
                ByOther::Counts => "",
                ByOther::Refused => "; another post is refused",
                ByOther::Ignored => "; an act of another post does not count",
                ByOther::Breach => "; an act of another post counts and is a breach",
            };
        }
        if rule.higher_rank_may {
            sentence += "; a superior may do it too";
        }
        if !rule.adopted_with.is_empty() {
            sentence += &format!("; holds only together with {}", rule.adopted_with.join(", "));
        }
        let mut letters = sentence.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    }

    pub(super) fn if_en(&self, when: &[Condition]) -> String {
        if when.is_empty() { String::new() } else { format!("if {}, ", self.when(when)) }
    }

    fn after_en(&self, from: &[At<String>], opens: Opens) -> String {
        let which = match opens {
            Opens::Each => "",
            Opens::First => "the first ",
            Opens::Last => "the last ",
        };
        format!("after {which}{}, ", self.facts_at(from, false))
    }

    fn on_en(&self, on: Option<calendar::On>) -> String {
        on.map_or(String::new(), |on| format!("{}, ", on.read_en()))
    }

    fn limit_en(&self, limit: &Limit) -> String {
        match limit {
            Limit::Within(span) => format!(" {}", self.within(span)),
            Limit::Due(anchor) => format!(" no later than {}", self.anchor(anchor)),
            Limit::None => String::new(),
        }
    }

    fn deadline_en(&self, who: &str, kind: &Deadline) -> String {
        let start = self.after_en(&kind.from, kind.opens) + &self.on_en(kind.on) + &self.if_en(&kind.when);
        let must = self.facts_at(&kind.must, kind.must_all);
        let limit = match (&kind.limit, &kind.closing) {
            (Limit::None, Some(closing)) => format!(" before {}", self.fact(closing)),
            (Limit::None, None) => ", at any time".to_owned(),
            (limit, _) => self.limit_en(limit),
        };
        let mut text = format!("{start}{who} must reach {must}{limit}");
        if let Some(first) = &kind.not_before {
            text += &format!("; not before {}", self.anchor(first));
        }
        if !kind.same.is_empty() {
            text += &format!("; paired by {}", self.attributes(&kind.same));
        }
        if kind.soft {
            text += "; lateness is only an alarm";
        }
        if let Some(pause) = &kind.pause {
            let (from, to) = (self.fact(&pause.from), self.fact(&pause.to));
            let after = if pause.restart { ", then it starts again" } else { "" };
            text += &format!("; the clock stands from {from} to {to}{after}");
        }
        if let Some(moved) = &kind.moved_by {
            text += &format!("; after {} the limit is {}", self.fact(&moved.fact), self.attribute(&moved.to));
        }
        if let (Some(closing), false) = (&kind.closing, kind.limit == Limit::None) {
            text += &format!("; missed when {} happens without it", self.fact(closing));
        }
        if kind.by_entry {
            text += "; judged by the moment of entry";
        }
        if !kind.ends_with.is_empty() {
            text += &format!("; ends with {}", self.facts(&kind.ends_with, false));
        }
        if !kind.waived_by.is_empty() {
            text += &format!("; waived by {}", self.facts(&kind.waived_by, false));
        }
        if let Some(alert) = &kind.alert {
            text += &format!("; {} is told of lateness", self.post(alert));
        }
        text
    }

    fn duty_en(&self, who: &str, kind: &Duty) -> String {
        let times = match &kind.at_least {
            Slot::Stated(1) => String::new(),
            number => format!(" at least {} times", self.number(number)),
        };
        let must = self.fact(&kind.must.value);
        let start = self.on_en(kind.on) + &self.if_en(&kind.when);
        let mut text = format!("{}, {start}{who} must reach {must}{times}", self.every(&kind.every));
        if let Some(covering) = &kind.covering {
            let (from, to) = (self.attribute(&covering.from), self.attribute(&covering.to));
            let hours = match &covering.at_least {
                Some(share) => format!("reach {} of a working day's hours of service", self.share(share)),
                None if covering.service_hours => "leave no moment of the hours of service out".to_owned(),
                None => "leave no moment of the whole day out".to_owned(),
            };
            text += &format!(", whose stretches from {from} to {to} together {hours}");
        }
        if let Some(of) = &kind.of {
            text += &format!("; nothing is owed in a period without {}", self.fact(of));
        }
        text += match kind.on_rest_day {
            OnRestDay::Stays => "",
            OnRestDay::Earlier => "; on a rest day it is due on the working day before",
            OnRestDay::Later => "; on a rest day it is due on the next working day",
            OnRestDay::Waived => "; on a rest day it is waived",
        };
        if let Some(attribute) = &kind.period_attribute {
            text += &format!("; its period is told by {}", self.attribute(attribute));
        }
        if kind.soft {
            text += "; lateness is only an alarm";
        }
        text
    }

    fn rate_en(&self, who: &str, kind: &Rate) -> String {
        let periods: Vec<&str> = kind.per.iter().map(|period| period.read_en()).collect();
        let acts =
            if kind.must_all.is_empty() { self.fact(&kind.must.value) } else { self.facts(&kind.must_all, true) };
        let limit = match (&kind.within, &kind.due) {
            (Some(span), _) => format!(" {}", self.within(span)),
            (None, Some(anchor)) => format!(" no later than {}", self.anchor(anchor)),
            (None, None) => String::new(),
        };
        let share = self.share(&kind.at_least);
        let of = match kind.opens {
            Opens::Each => self.fact(&kind.of.value),
            Opens::First => format!("the first {}", self.fact(&kind.of.value)),
            Opens::Last => format!("{} (repeated before that act, it counts once)", self.fact(&kind.of.value)),
        };
        let mut text = format!(
            "{}{}{who} must reach {acts}{limit} after at least {share} of {of} (rounded up)",
            self.if_en(&kind.when),
            periods.iter().map(|period| format!("{period}, ")).collect::<String>()
        );
        text += match kind.base {
            Base::FinishedInPeriod => "; counted are those finished in the period",
            Base::DueInPeriod => "; counted are those due in the period",
            Base::FinishedLastWeek => "; counted are those finished in the week before",
            Base::Participants => "; counted are the participants",
        };
        if let Some(size) = &kind.size {
            text += &format!(", as told by {}", self.attribute(size));
        }
        if kind.late_counts {
            text += "; late acts count towards the rate";
        }
        let counted = &kind.counted;
        if !counted.by.is_empty() {
            text += &format!("; with {} taking part", self.posts(&counted.by, true));
        }
        if !counted.methods.is_empty() {
            text += &format!("; by {}", counted.methods.join(" or "));
        }
        if !counted.record.is_empty() {
            text += &format!("; with {} on record", self.attributes(&counted.record));
        }
        for (word, attachment) in &kind.exempt {
            text += &format!("; exempt: {} with {attachment}", self.attribute(word));
        }
        text
    }

    fn count_en(&self, kind: &Count) -> String {
        let window = match &kind.within {
            Some(span) => format!("within {}", self.span(span)),
            None => kind.per.read_en().to_owned(),
        };
        let groups = if kind.group_by.is_empty() {
            String::new()
        } else {
            format!(", for each {}", self.attributes(&kind.group_by))
        };
        let distinct =
            kind.distinct.as_ref().map_or(String::new(), |word| format!(" (once for each {})", self.attribute(word)));
        let apart = kind
            .apart
            .as_ref()
            .map_or(String::new(), |span| format!(" (less than {} apart being one)", self.span(span)));
        let (comparison, number) = &kind.threshold;
        let reached = format!("{}{}", self.comparison(*comparison), self.number(number));
        let of = self.fact(&kind.of.value);
        format!(
            "{}when the number of {of}{distinct}{apart} {window}{groups}{reached}, it is listed under “{}”",
            self.if_en(&kind.when),
            kind.raises
        )
    }

    fn route_en(&self, who: &str, kind: &Route) -> String {
        let start = self.after_en(&kind.from, Opens::Each) + &self.on_en(kind.on) + &self.if_en(&kind.when);
        let mut text = format!("{start}{who} goes on to {}", self.goal(&kind.go.value));
        if let Some((asked, go)) = &kind.unless {
            text += &format!("; on {}, to {}", self.fact(asked), self.goal(go));
        }
        text
    }

    fn escalation_en(&self, who: &str, kind: &Escalation) -> String {
        let start = self.after_en(&kind.from, Opens::Each) + &self.if_en(&kind.when);
        let unless = if kind.unless.is_empty() {
            String::new()
        } else {
            format!(" unless {} has happened", self.facts(&kind.unless, false))
        };
        let at = match &kind.at {
            Limit::Within(span) => format!("after {}", self.span(span)),
            Limit::Due(anchor) => format!("at {}", self.anchor(anchor)),
            Limit::None => "at once".to_owned(),
        };
        let mut text = format!("{start}{who} tells {} {at}{unless}", self.post(&kind.to.value));
        if let Some(must) = &kind.must {
            text += &format!(", shown by {}", self.fact(must));
        }
        if kind.soft {
            text += "; an alarm only";
        }
        text
    }

    fn classify_en(&self, kind: &Classify) -> String {
        let id = |attribute: &str, value: &str| {
            let place = self.words.attribute(attribute);
            let id = place.and_then(|place| self.words.attributes[place].value_id(value));
            id.map_or(value.to_owned(), |id| id.replace('_', " "))
        };
        let rows = kind.values.iter().map(|(grounds, class)| {
            let grounds: Vec<String> = grounds.iter().map(|ground| id(&kind.ground.value, ground)).collect();
            format!("{} gives {}", grounds.join(" or "), id(&kind.gives.value, class))
        });
        let rows: Vec<String> = rows.collect();
        let (gives, ground) = (self.attribute(&kind.gives.value), self.attribute(&kind.ground.value));
        format!("{gives} is told by {ground}, the first that fits: {}", rows.join("; "))
    }

    fn right_en(&self, who: &str, kind: &Right) -> String {
        let start = self.after_en(&kind.from, Opens::Each) + &self.if_en(&kind.when);
        let opens = match &kind.opens {
            Limit::Within(span) => format!(" after {}", self.span(span)),
            Limit::Due(anchor) => format!(" from {} on", self.anchor(anchor)),
            Limit::None => String::new(),
        };
        let mut text = format!("{start}{who} may do {}{opens}", self.fact(&kind.may.value));
        if !kind.until.is_empty() {
            text += &format!(", until {}", self.facts(&kind.until, false));
        }
        text
    }

    fn formula_en(&self, kind: &Formula) -> String {
        let way = match &kind.mechanism {
            Mechanism::Sum { of, times: None } => format!("the sum of {}", self.attribute(of)),
            Mechanism::Sum { of, times: Some(times) } => {
                format!("the sum of {} × {}", self.attribute(of), self.attribute(times))
            }
            Mechanism::Multiply { of, by } => {
                format!("{} × {}", self.attribute(of), self.share(by))
            }
            Mechanism::Weigh { parts } => {
                let part = |(of, by): &(String, _)| format!("{} × {}", self.attribute(of), self.share(by));
                parts.iter().map(part).collect::<Vec<_>>().join(" + ")
            }
            Mechanism::Each { of, amount } => format!("{} × {}", self.attribute(of), self.amount(amount)),
            Mechanism::Accrue { on, rate } => {
                format!("{} of {} for each day (simple)", self.share(rate), self.attribute(on))
            }
            Mechanism::Fixed { amount } => self.amount(amount),
        };
        let mut text = format!("{}“{}” is {way}", self.if_en(&kind.when), kind.gives.value);
        if !kind.breach_of.is_empty() {
            let often = if kind.each_breach { ", once for each time" } else { "" };
            text = format!("when {} is broken (late, overdue or missed): {text}{often}", kind.breach_of.join(", "));
        }
        if let Some(post) = &kind.approved_by {
            text += &format!("; approved by {}", self.post(post));
        }
        text
    }

    fn carried_en(&self, kind: &Carried) -> String {
        let mut text = format!("carried by {} {}", kind.by.value.replace('_', " "), kind.where_.value);
        if !kind.shown_by.is_empty() {
            let shown = kind.shown_by.iter().map(|word| self.shown_en(word));
            text += &format!(", shown by {}", shown.collect::<Vec<_>>().join(", "));
        }
        if let Some(pending) = &kind.pending {
            text += &format!("; still to come: {pending}");
        }
        text
    }

    fn shown_en(&self, word: &str) -> String {
        if self.words.fact(word).is_some() { self.fact(word) } else { self.attribute(word) }
    }
}
