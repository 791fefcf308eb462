//! What to say (礼貌用语): the site's phrase for a step, in the language of the page, with the greeting of the hour.

use std::sync::Arc;

use journal::SiteLaw;
use office::site::phrase_of;

use crate::language::{Language, current, said, t, zh};
use crate::security::Fault;
use crate::state::Here;

/// The phrases of a site at this hour.
pub struct Phrases {
    law: Arc<SiteLaw>,
    greeting: &'static str,
}

/// The rulebook that declares from when one says good morning and good afternoon, and its settings.
const BOOK: &str = "courtesy";
const HOURS: [&str; 3] = ["说早上好的起点", "说下午好的起点", "晚上的起点"];

impl Phrases {
    /// The phrases as the site has written them.
    pub async fn of(here: &Here) -> Result<Phrases, Fault> {
        let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取用语", fault))?;
        let civil = here.house().laws().zone.civil(here.now);
        let now = format!("{:02}:{:02}", civil.hour(), civil.minute());
        let shipped = here.house().laws().shipped.get(BOOK);
        let from = |name: &str| {
            let declared = shipped.and_then(|it| it.book.settings.iter().find(|it| it.name == name));
            law.setting(name).map(str::to_owned).or(declared.map(|it| it.default.clone()))
        };
        let greeting = t(greeting(&now, &HOURS.map(from)));
        Ok(Phrases { law, greeting })
    }

    /// What to say at a step; nothing for one that has no phrase.
    pub fn say(&self, step: &str) -> String {
        let Some(phrase) = phrase_of(step) else { return String::new() };
        let setting = if current() == Language::English { phrase.english } else { phrase.setting };
        let words = self.law.office_setting(setting);
        match current() {
            Language::Traditional => said(&words.replace("{问候}", self.greeting), None).into_owned(),
            _ => words.replace("{问候}", self.greeting),
        }
    }
}

/// The greeting of the hour: good morning and good afternoon from the moments that the site keeps, else the plain one.
fn greeting(now: &str, [morning, afternoon, evening]: &[Option<String>; 3]) -> &'static str {
    let since = |hour: &Option<String>| hour.as_deref().is_some_and(|hour| now >= hour);
    match (since(morning), since(afternoon), since(evening)) {
        (_, true, false) => zh("下午好|问候"),
        (true, false, false) => zh("早上好|问候"),
        _ => zh("您好|问候"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_greets_on_both_sides_of_each_line() {
        let hours = ["06:00", "12:00", "18:00"].map(|hour| Some(hour.to_owned()));
        for (now, words) in [
            ("05:59", "您好"),
            ("06:00", "早上好"),
            ("11:59", "早上好"),
            ("12:00", "下午好"),
            ("17:59", "下午好"),
            ("18:00", "您好"),
            ("00:00", "您好"),
        ] {
            assert!(greeting(now, &hours).starts_with(words), "{now}");
        }
        assert!(greeting("08:00", &[None, None, None]).starts_with("您好"), "no site keeps hours that no book brings");
    }
}
