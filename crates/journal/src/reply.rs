//! An answer that is on its way (答复): awaited in async code, waited for elsewhere.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use crate::fault::{Fault, FaultKind};

/// An answer that is on its way: await it, or wait for it where nothing is async.
pub struct Reply<T>(oneshot::Receiver<Result<T, Fault>>);

impl<T> Reply<T> {
    pub(crate) fn pair() -> (oneshot::Sender<Result<T, Fault>>, Reply<T>) {
        let (sender, receiver) = oneshot::channel();
        (sender, Reply(receiver))
    }

    /// Waits on this thread. Not for async code: there, await the reply.
    pub fn wait(self) -> Result<T, Fault> {
        self.0.blocking_recv().unwrap_or_else(|_| Err(closed()))
    }
}

impl<T> Future for Reply<T> {
    type Output = Result<T, Fault>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|end| end.unwrap_or_else(|_| Err(closed())))
    }
}

/// The fault of everything that is asked of a store that closes.
pub(crate) fn closed() -> Fault {
    Fault::new(FaultKind::Closed, "the store is closing")
}
