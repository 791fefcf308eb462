//! Values and rows (值与行): the only four kinds both engines share, besides nothing.

use calendar::Moment;

use crate::fault::{Fault, FaultKind};

/// One value on its way to or from the database. Flags are 0/1, times microseconds, money fen, JSON is text.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    /// Nothing.
    Null,
    /// A whole number of 64 bits.
    I(i64),
    /// A double; for measurements only, never for money or time.
    F(f64),
    /// Text.
    T(String),
    /// Bytes.
    B(Vec<u8>),
}

impl From<i64> for Val {
    fn from(value: i64) -> Val {
        Val::I(value)
    }
}

impl From<bool> for Val {
    fn from(value: bool) -> Val {
        Val::I(i64::from(value))
    }
}

impl From<f64> for Val {
    fn from(value: f64) -> Val {
        Val::F(value)
    }
}

impl From<&str> for Val {
    fn from(value: &str) -> Val {
        Val::T(value.to_owned())
    }
}

impl From<&String> for Val {
    fn from(value: &String) -> Val {
        Val::T(value.clone())
    }
}

impl From<String> for Val {
    fn from(value: String) -> Val {
        Val::T(value)
    }
}

impl From<Vec<u8>> for Val {
    fn from(value: Vec<u8>) -> Val {
        Val::B(value)
    }
}

impl From<&[u8]> for Val {
    fn from(value: &[u8]) -> Val {
        Val::B(value.to_vec())
    }
}

impl From<[u8; 32]> for Val {
    fn from(value: [u8; 32]) -> Val {
        Val::B(value.to_vec())
    }
}

impl From<Moment> for Val {
    fn from(value: Moment) -> Val {
        Val::I(value.0)
    }
}

impl<T: Into<Val>> From<Option<T>> for Val {
    fn from(value: Option<T>) -> Val {
        value.map_or(Val::Null, Into::into)
    }
}

/// A list of values from anything that is one: `vals![site, "case/1", moment]`.
#[macro_export]
macro_rules! vals {
    ($($value:expr),* $(,)?) => { [$($crate::Val::from($value)),*] };
}

/// One row of an answer, read by column number from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub(crate) Vec<Val>);

impl Row {
    /// All values of the row.
    pub fn values(&self) -> &[Val] {
        &self.0
    }

    fn wrong(&self, at: usize, wanted: &str) -> Fault {
        let found = match self.0.get(at) {
            None => "no such column",
            Some(Val::Null) => "null",
            Some(Val::I(_)) => "a whole number",
            Some(Val::F(_)) => "a double",
            Some(Val::T(_)) => "text",
            Some(Val::B(_)) => "bytes",
        };
        Fault::new(FaultKind::Bug, format!("column {at} of a row should be {wanted} but is {found}"))
    }

    /// The whole number in column `at`; a fault if there is something else.
    pub fn int(&self, at: usize) -> Result<i64, Fault> {
        match self.0.get(at) {
            Some(Val::I(value)) => Ok(*value),
            _ => Err(self.wrong(at, "a whole number")),
        }
    }

    /// The whole number in column `at`, or none.
    pub fn maybe_int(&self, at: usize) -> Result<Option<i64>, Fault> {
        match self.0.get(at) {
            Some(Val::Null) => Ok(None),
            _ => self.int(at).map(Some),
        }
    }

    /// The flag in column `at`: 0 is no, anything else yes.
    pub fn flag(&self, at: usize) -> Result<bool, Fault> {
        self.int(at).map(|value| value != 0)
    }

    /// The moment in column `at`, microseconds.
    pub fn moment(&self, at: usize) -> Result<Moment, Fault> {
        self.int(at).map(Moment)
    }

    /// The moment in column `at`, or none.
    pub fn maybe_moment(&self, at: usize) -> Result<Option<Moment>, Fault> {
        Ok(self.maybe_int(at)?.map(Moment))
    }

    /// The double in column `at`.
    pub fn float(&self, at: usize) -> Result<f64, Fault> {
        match self.0.get(at) {
            Some(Val::F(value)) => Ok(*value),
            _ => Err(self.wrong(at, "a double")),
        }
    }

    /// The text in column `at`.
    pub fn text(&self, at: usize) -> Result<&str, Fault> {
        match self.0.get(at) {
            Some(Val::T(value)) => Ok(value),
            _ => Err(self.wrong(at, "text")),
        }
    }

    /// The text in column `at`, as a string of its own.
    pub fn string(&self, at: usize) -> Result<String, Fault> {
        self.text(at).map(str::to_owned)
    }

    /// The text in column `at`, or none.
    pub fn maybe_text(&self, at: usize) -> Result<Option<&str>, Fault> {
        match self.0.get(at) {
            Some(Val::Null) => Ok(None),
            _ => self.text(at).map(Some),
        }
    }

    /// The bytes in column `at`.
    pub fn blob(&self, at: usize) -> Result<&[u8], Fault> {
        match self.0.get(at) {
            Some(Val::B(value)) => Ok(value),
            _ => Err(self.wrong(at, "bytes")),
        }
    }

    /// The bytes in column `at`, or none.
    pub fn maybe_blob(&self, at: usize) -> Result<Option<&[u8]>, Fault> {
        match self.0.get(at) {
            Some(Val::Null) => Ok(None),
            _ => self.blob(at).map(Some),
        }
    }

    /// The 32 bytes of a hash in column `at`.
    pub fn hash(&self, at: usize) -> Result<[u8; 32], Fault> {
        self.blob(at)?.try_into().map_err(|_| self.wrong(at, "a hash of 32 bytes"))
    }
}
