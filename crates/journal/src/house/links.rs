//! Residents' links (住户链接): given, taken back, found by the hash of their code.

use calendar::Moment;
use office::case::{self, CaseKind};
use office::{Event, Refusal, link};

use super::House;
use super::acts::{Answer, append};
use crate::Sent;
use crate::fault::Fault;
use crate::{sql, vals};

impl House {
    /// Gives the link of a repair, with a code and its hash; one given before does not open any more. It ends after the span
    /// that the site has set. Refused: any other matter, and one that was filed or withdrawn.
    pub fn give_link(&self, sent: Sent, case: String, code: String, hash: String) -> Answer<()> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let stream = format!("case:{case}");
            let Some(found) = case::replay(&case, &tx.load(&stream)?) else { return Ok(Err(no_such_case())) };
            if found.kind != CaseKind::Repair || found.state.ended() && found.state != case::CaseState::Closed {
                let why = "只有没有归档、没有撤销的报修有住户链接";
                return Ok(Err(Refusal::new("没有生成链接", why, "请把进度打电话告诉住户。")));
            }
            let site = tx.site();
            let law = laws.of_site(tx.tx(), site)?;
            let ends = tx.now().plus_seconds(law.office_seconds("住户链接有效"));
            let event = link::gives(&found, (&code, &hash), ends, tx.now());
            Ok(append(tx, &stream, found.version, vec![event])?.map(drop))
        })
    }

    /// Takes the link back.
    pub fn revoke_link(&self, sent: Sent, case: String) -> Answer<()> {
        self.store().act(sent, move |tx| {
            let stream = format!("case:{case}");
            let Some(found) = case::replay(&case, &tx.load(&stream)?) else { return Ok(Err(no_such_case())) };
            if link::of(&found).is_none() {
                return Ok(Err(Refusal::new("没有收回", "这件事项没有住户链接", "请刷新页面。")));
            }
            let event = Event::plain(link::REVOKED, tx.now());
            Ok(append(tx, &stream, found.version, vec![event])?.map(drop))
        })
    }

    /// The site and case that a code of this hash opens now; none when it opens nothing.
    pub async fn linked_case(&self, hash: String, now: Moment) -> Result<Option<(i64, String)>, Fault> {
        self.read(move |tx| {
            let text = sql!("select site, case_id from link_row where hash = $1 and ends > $2");
            let found = tx.first(text, &vals![&hash, now])?;
            found.map(|row| Ok((row.int(0)?, row.string(1)?))).transpose()
        })
        .await
    }
}

fn no_such_case() -> Refusal {
    Refusal::new("不能办理", "没有这个事项", "请从事项列表打开。")
}
