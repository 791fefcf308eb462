//! The follower (跟随者): notices what other nodes have written. It polls the head rows; a notification only makes it
//! look sooner.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio_postgres::{AsyncMessage, Client, Config, NoTls};

use crate::postgres::link;
use crate::signal::Signal;

/// Without any hint the head rows are read this often.
const POLL: Duration = Duration::from_millis(500);

/// Acts of this node are told to others at most this often; a notification holds up other commits of the server.
const TELL: Duration = Duration::from_millis(30);

/// Follows until `stop` becomes true or its sender is gone. A lost connection is made anew.
pub(crate) fn follow(config: &Config, signal: &Arc<Signal>, mut stop: watch::Receiver<bool>) {
    let Ok(runtime) = link::runtime() else { return };
    runtime.block_on(async {
        while !*stop.borrow() {
            let mut leaving = stop.clone();
            tokio::select! {
                _ = leaving.changed() => return,
                end = listen(config, signal) => {
                    if let Err(error) = end {
                        link::fault(error, "follow other nodes").log();
                    }
                }
            }
            // The database is gone; acts say so to those who wait for them.
            tokio::select! {
                _ = stop.changed() => return,
                () = tokio::time::sleep(POLL) => {}
            }
        }
    });
}

/// One connection's life of polling, listening and telling.
async fn listen(config: &Config, signal: &Arc<Signal>) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = config.connect(NoTls).await?;
    let news = Arc::new(Notify::new());
    let rung = news.clone();
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            if matches!(message, AsyncMessage::Notification(_)) {
                rung.notify_one();
            }
        }
        rung.notify_one();
    });
    client.batch_execute("listen huiyin").await?;
    let mut own = signal.own();
    loop {
        look(&client, signal).await?;
        tokio::select! {
            () = news.notified() => {}
            () = tokio::time::sleep(POLL) => {}
            changed = own.changed() => {
                if changed.is_ok() {
                    client.batch_execute("select pg_notify('huiyin', '')").await?;
                }
                tokio::time::sleep(TELL).await;
            }
        }
    }
}

async fn look(client: &Client, signal: &Arc<Signal>) -> Result<(), tokio_postgres::Error> {
    let rows = client.query("select site, seq from head", &[]).await?;
    let heads: Vec<(i64, i64)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    signal.heard(&heads);
    Ok(())
}
