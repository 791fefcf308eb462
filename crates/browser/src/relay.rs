//! The network between a phone and the office (网络), which can be cut: a relay on a port of its own.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Carries bytes to a server while it is not cut. Lives as long as the test's process.
pub struct Relay {
    port: u16,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Relay {
    /// A relay to this loopback port.
    pub fn to(server: u16) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let relay = Relay { port, cut: Arc::default(), open: Arc::default() };
        let (cut, open) = (Arc::clone(&relay.cut), Arc::clone(&relay.open));
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                // A caller whom nobody hears: the connection closes without a word.
                let far = (!cut.load(Ordering::SeqCst)).then(|| TcpStream::connect(("127.0.0.1", server)));
                let Some(Ok(far)) = far else { continue };
                let twin = |stream: &TcpStream| stream.try_clone().expect("a socket has two ends");
                open.lock().expect("whole").extend([twin(&near), twin(&far)]);
                carry(twin(&near), twin(&far));
                carry(far, near);
            }
        });
        relay
    }

    /// The address of a page by this way.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Cuts the network: what is open breaks, nothing new gets through.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for stream in self.open.lock().expect("whole").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// The network is back.
    pub fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let mut bytes = [0; 16 * 1024];
        while let Ok(read @ 1..) = from.read(&mut bytes) {
            if to.write_all(&bytes[..read]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
}
