//! Bulk (灌数): many matters by real commands in large batches, for measuring how pages do when years have passed.

use calendar::Moment;
use journal::{CommandId, Fault, House, Sent};
use office::Actor;
use office::case::{ActOnCase, Caller, CaseKind, Place, Register};

use crate::chance::Chance;
use crate::estate::Home;
use crate::staff::Member;

/// Commands that are under way together.
const TOGETHER: usize = 4_096;
/// So many matters, the last ones, are still open: an office has that much on its desk however long its history is.
pub const OPEN: u64 = 200;

/// What people say in bulk.
const WORDS: &[&str] =
    &["厨房漏水", "门锁坏了", "问停水时间", "楼道灯不亮", "借梯子", "代收家具", "车位续费", "噪声扰民"];

/// Where the load comes from.
#[derive(Clone, Copy, Debug)]
pub struct Load<'a> {
    /// Site.
    pub site: i64,
    /// Account of the front desk that registers.
    pub account: &'a str,
    /// How many matters; all but the last [`OPEN`] are answered and closed at once.
    pub matters: u64,
    /// When matter 0 begins; each later one a minute after the one before.
    pub begins: Moment,
    /// Households that call.
    pub homes: &'a [Home],
}

/// A register form of this number, from somewhere in the estate.
pub fn form(number: u64, at: Moment, kind: CaseKind) -> Register {
    let mut chance = Chance::of(number, "load");
    let room = format!(
        "{}-{}-{}{:02}",
        chance.between(1, 90),
        chance.between(1, 4),
        chance.between(1, 32),
        chance.between(1, 8)
    );
    let attributes = match kind {
        CaseKind::Repair => [("repair.object", "own"), ("repair.on_price_list", "yes")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        _ => [].into(),
    };
    Register {
        case: format!("load{number:09}"),
        kind,
        contact: None,
        channel: "phone".into(),
        station: "office_desk".into(),
        first_contact: at,
        opened_form: at,
        told_desk: None,
        place: Place { household: None, words: room },
        caller: Caller::default(),
        words: (*chance.pick(WORDS)).to_owned(),
        attributes,
        read_back: true,
        notify: false,
        attachments: Vec::new(),
        late_reason: String::new(),
        approved_by: String::new(),
        linked_case: None,
        blank_number: String::new(),
    }
}

/// The same from a household on file.
fn called(number: u64, at: Moment, kind: CaseKind, homes: &[Home]) -> Register {
    let home = Chance::of(number, "home").pick(homes).clone();
    Register {
        place: Place { household: Some(home.id), words: home.room },
        caller: Caller { person: home.person, name: home.name, phone: home.phone },
        ..form(number, at, kind)
    }
}

/// A repair called in from a household on file, dispatched at once.
pub fn repair(number: u64, at: Moment, homes: &[Home]) -> Register {
    Register { notify: true, ..called(number, at, CaseKind::Repair, homes) }
}

/// The command's envelope for somebody of the staff.
pub fn sent(site: i64, id: &str, who: &Member, now: Moment) -> Sent {
    let post = who.actor().post_for(&[]);
    Sent { site, command: CommandId::of(&["load", id]), actor: who.login.into(), post, now }
}

/// The same for an account of a front desk.
pub fn sent_by(site: i64, id: &str, account: &str, now: Moment) -> Sent {
    let command = CommandId::of(&["load", id]);
    Sent { site, command, actor: account.into(), post: "front_desk".into(), now }
}

/// Makes matters through the same commands as everybody else; answers how many commands were applied. A refused command
/// is a fault of the load and ends it.
pub async fn load(house: &House, load: Load<'_>) -> anyhow::Result<u64> {
    let desk = Actor {
        account: load.account.into(),
        name: "演示前台".into(),
        posts: vec!["front_desk".into()],
        area: String::new(),
    };
    let mut waiting = Vec::new();
    let mut applied = 0;
    for number in 0..load.matters {
        let at = load.begins.plus_seconds(60 * i64::try_from(number).unwrap_or(i64::MAX));
        let open = number + OPEN >= load.matters;
        let form = match open {
            true => repair(number, at, load.homes),
            false => called(number, at, CaseKind::Enquiry, load.homes),
        };
        let case = form.case.clone();
        let envelope = |id: &str, at: Moment| sent_by(load.site, id, load.account, at);
        waiting.push(house.register(envelope(&format!("{number}"), at), desk.clone(), form));
        if !open {
            let command = ActOnCase { act: "case.closed".into(), note: "已答复".into(), ..ActOnCase::default() };
            let sent = envelope(&format!("{number}.closed"), at.plus_seconds(1));
            waiting.push(house.act_on_case(sent, desk.clone(), case, command));
        }
        if waiting.len() >= TOGETHER {
            // The older half is waited for while the younger still fills the queue.
            let younger = waiting.split_off(TOGETHER / 2);
            applied += settled(std::mem::replace(&mut waiting, younger)).await?;
        }
    }
    applied += settled(waiting).await?;
    Ok(applied)
}

type Answer = journal::Reply<Result<journal::Acted<journal::house::CaseDone>, office::Refusal>>;

async fn settled(waiting: Vec<Answer>) -> anyhow::Result<u64> {
    let mut applied = 0;
    for answer in waiting {
        let done: Result<_, Fault> = answer.await;
        done?.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
        applied += 1;
    }
    Ok(applied)
}
