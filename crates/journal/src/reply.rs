//! An answer that is on its way (答复): awaited in async code, waited for elsewhere.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use tokio::sync::oneshot;

use crate::fault::{Fault, FaultKind};

/// An answer that is on its way: await it, or wait for it where nothing is async.
pub struct Reply<T>(oneshot::Receiver<Result<T, Fault>>);

impl<T> Reply<T> {
    pub(crate) fn pair() -> (oneshot::Sender<Result<T, Fault>>, Reply<T>) {
        let (sender, receiver) = oneshot::channel();
        (sender, Reply(receiver))
    }

    /// Waits on this thread, which does nothing else meanwhile. In async code await the reply instead.
    pub fn wait(mut self) -> Result<T, Fault> {
        let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
        let mut context = Context::from_waker(&waker);
        loop {
            match Pin::new(&mut self).poll(&mut context) {
                Poll::Ready(end) => return end,
                // Parking may end without cause; then it is only asked once more.
                Poll::Pending => std::thread::park(),
            }
        }
    }
}

/// Wakes a thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
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
