//! Page weight (页面大小): bytes transferred at a first visit, the page with everything it names, compressed as a browser asks.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::client::Client;
use crate::opened::{Bed, Ground, desk, now, sessions};
use crate::server::Server;

/// Bytes of a first visit.
#[derive(Serialize)]
pub struct Weight {
    /// The intake desk, at the office.
    pub desk: usize,
    /// The repairer's list, on a phone.
    pub phone: usize,
    /// The program's file.
    pub program: u64,
}

/// Visits both pages for the first time.
pub fn run() -> anyhow::Result<Weight> {
    let ground = Ground::sqlite();
    let Bed { house, .. } = ground.found(now().plus_seconds(-60))?;
    let cookies = sessions(&house, &[desk(0), "technician".to_owned()])?;
    drop(house);
    let server = Server::start(ground.folder()?)?;
    let mut client = Client::new(server.address)?;
    let desk = visit(&mut client, &cookies[0], "/desk")?;
    let phone = visit(&mut client, &cookies[1], "/jobs")?;
    let program = std::fs::metadata(crate::server::program()?)?.len();
    Ok(Weight { desk, phone, program })
}

fn visit(client: &mut Client, session: &str, path: &str) -> anyhow::Result<usize> {
    let page = client.get(session, path, false)?;
    let text = String::from_utf8_lossy(&page.body).into_owned();
    let mut named = BTreeSet::from([path.to_owned()]);
    for attribute in ["href=\"", "src=\""] {
        for part in text.split(attribute).skip(1) {
            let target = part.split('"').next().unwrap_or_default();
            let asset =
                target.starts_with("/assets/") || target.starts_with("/manifest") || target.starts_with("/favicon");
            if asset {
                named.insert(target.split('#').next().unwrap_or(target).to_owned());
            }
        }
    }
    let mut bytes = 0;
    for path in named {
        let answer = client.get(session, &path, true)?;
        if answer.status != 200 {
            anyhow::bail!("{path} answered {}", answer.status);
        }
        bytes += answer.transferred;
    }
    Ok(bytes)
}
