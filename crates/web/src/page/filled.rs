//! A form as it was filled in (填好的表单): names with values, some of them several times.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::response::Response;

use super::wrong;

/// The fields of a posted form, or of a query, in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled(pub Vec<(String, String)>);

impl Filled {
    /// The first value of a field without spaces around it; empty when it did not come.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value just as it was typed: for passwords.
    pub fn exact(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field that is not empty.
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(key, value)| key == name && !value.trim().is_empty());
        values.map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// These fields as the query of an address, those that are empty left out: what a list keeps from page to page.
    pub fn query(&self, names: &[&str]) -> String {
        let filled = names.iter().filter(|name| !self.get(name).is_empty());
        filled.map(|name| format!("{name}={}", wrong::escaped(self.get(name)))).collect::<Vec<_>>().join("&")
    }

    /// The id of the command, for `Here::sent`.
    pub fn command(&self) -> Option<&str> {
        Some(self.get("command")).filter(|it| !it.is_empty())
    }
}

impl<S: Send + Sync> FromRequest<S> for Filled {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Filled, Response> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|Form(fields)| Filled(fields)).map_err(wrong::unreadable)
    }
}
