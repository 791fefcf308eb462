//! Who sends which command (指令), where and when.

use std::fmt;

use calendar::Moment;

use crate::fault::{Fault, FaultKind};

/// The id of a command: 1 to 80 letters, digits, `-`, `_`, `.`, `:`. Two commands of a site never share one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(String);

/// A text that cannot be the id of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCommandId;

impl fmt::Display for BadCommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("提交编号应为 1 到 80 个字母、数字或 - _ . :")
    }
}

impl std::error::Error for BadCommandId {}

impl CommandId {
    /// The id with this text.
    pub fn new(text: &str) -> Result<CommandId, BadCommandId> {
        let good = |sign: char| sign.is_ascii_alphanumeric() || "-_.:".contains(sign);
        let fits = (1..=80).contains(&text.len()) && text.chars().all(good);
        if fits { Ok(CommandId(text.to_owned())) } else { Err(BadCommandId) }
    }

    /// A new id nobody else has: 26 random hexadecimal digits.
    pub fn fresh() -> Result<CommandId, Fault> {
        let mut bytes = [0; 13];
        getrandom::fill(&mut bytes)
            .map_err(|error| Fault::from_source(FaultKind::Bug, "the system gives no random bytes", error))?;
        Ok(CommandId(crate::canonical::hex(&bytes)))
    }

    /// The id that the same parts always give: what the clock sends twice counts once.
    pub fn of(parts: &[&str]) -> CommandId {
        let mut bytes = Vec::new();
        for part in parts {
            crate::canonical::put_bytes(&mut bytes, part.as_bytes());
        }
        CommandId(blake3::hash(&bytes).to_hex()[..32].to_owned())
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who sends a command, where, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The site it is for; 0 is the company.
    pub site: i64,
    /// Its id.
    pub command: CommandId,
    /// The account or machine that acts.
    pub actor: String,
    /// The post in which they act.
    pub post: String,
    /// The sender's now.
    pub now: Moment,
}
