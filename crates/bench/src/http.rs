//! Commands through the program's pages (网页办理): clients that post the intake form, each over a connection of its own.

use crate::client::Client;
use crate::commands::{self, Done};
use crate::opened::{Bed, DESKS, Ground, desk, sessions};
use crate::server::Server;

/// What the server did, and the memory it took.
pub struct Served {
    /// Commands.
    pub done: Done,
    /// Resident memory at its highest, KiB.
    pub memory: u64,
}

/// Lets `clients` post the intake form for so many seconds. The house is closed meanwhile: the server has its store.
pub fn run(ground: &Ground, bed: Bed, clients: u64, seconds: u64) -> anyhow::Result<Served> {
    let Bed { house, homes } = bed;
    let accounts: Vec<String> = (0..DESKS).map(desk).collect();
    let cookies = sessions(&house, &accounts)?;
    drop(house);
    let server = Server::start(ground.folder()?)?;
    let work = || {
        commands::together(
            clients,
            seconds,
            |_| Client::new(server.address),
            |client, number| {
                let index = usize::try_from(number)?;
                let (contact, command) = (format!("bench{number}"), format!("c{number}"));
                let fields = [
                    ("contact", contact.as_str()),
                    ("command", &command),
                    ("household", &homes[index % homes.len()].id),
                    ("words", "厨房水龙头漏水"),
                    ("repair.on_price_list", "yes"),
                    ("read_back", "yes"),
                    ("do", "dispatch"),
                ];
                let answer = client.post(&cookies[index % cookies.len()], "/desk", &fields)?;
                if answer.status != 303 {
                    let page = String::from_utf8_lossy(&answer.body);
                    anyhow::bail!("the form was answered {}: {page}", answer.status);
                }
                Ok(())
            },
        )
    };
    let done = commands::watched(&server.process(), work)?;
    Ok(Served { done, memory: server.memory() })
}
