//! Connections (连接): plain or TLS on one port, http/1 and http/2, a graceful end.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response, StatusCode, Uri, header};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

/// A connection that does not finish its TLS greeting or the head of a request in this time is closed.
const GREETING: Duration = Duration::from_secs(10);
/// Requests under way at the end get this long.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// After a failed accept (too many open files) the next one waits this long.
const BREATH: Duration = Duration::from_millis(200);

/// What answers on a port.
#[derive(Clone)]
pub enum Front {
    /// Plain http: everything.
    Plain(Router),
    /// TLS: everything. Who speaks plain http to it gets the page that installs the certificate, and is otherwise sent
    /// to https.
    Tls {
        /// The keys.
        acceptor: TlsAcceptor,
        /// Answers over TLS.
        secure: Router,
        /// Answers plain http under `/tls` and `/assets`.
        plain: Router,
    },
}

impl Front {
    /// The same with more routes, which stand outside the pages' guard.
    pub fn with(self, more: &Router) -> Front {
        match self {
            Front::Plain(router) => Front::Plain(more.clone().merge(router)),
            Front::Tls { acceptor, secure, plain } => {
                Front::Tls { acceptor, secure: more.clone().merge(secure), plain }
            }
        }
    }
}

/// Takes connections until `stop` changes, then lets the requests under way finish.
pub async fn listen(listener: TcpListener, front: Front, mut stop: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        match accepted {
            Ok((stream, from)) => {
                let _ = stream.set_nodelay(true);
                tokio::spawn(connection(stream, from, front.clone(), graceful.watcher()));
            }
            Err(error) => {
                tracing::warn!("接不了连接：{error}");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(LAST_WORDS, graceful.shutdown()).await.is_err() {
        tracing::info!("还有未完的连接，不再等");
    }
}

async fn connection(stream: TcpStream, from: SocketAddr, front: Front, watcher: Watcher) {
    match front {
        Front::Plain(router) => serve(stream, from, watcher, move |request| answer(router.clone(), request)).await,
        Front::Tls { acceptor, secure, plain } => {
            // A TLS greeting begins with this byte; no http request does.
            let mut first = [0];
            let greeting = tokio::time::timeout(GREETING, stream.peek(&mut first)).await;
            let Ok(Ok(1)) = greeting else { return };
            if first[0] != 0x16 {
                serve(stream, from, watcher, move |request| elsewhere(plain.clone(), request)).await;
                return;
            }
            match tokio::time::timeout(GREETING, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => serve(stream, from, watcher, move |request| answer(secure.clone(), request)).await,
                Ok(Err(error)) => tracing::debug!(%from, "TLS 握手不成：{error}"),
                Err(_) => tracing::debug!(%from, "TLS 握手太慢"),
            }
        }
    }
}

async fn serve<S, F, A>(stream: S, from: SocketAddr, watcher: Watcher, answer: F)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    F: Fn(Request<Body>) -> A + Send + 'static,
    A: Future<Output = Response<Body>> + Send + 'static,
{
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        let answered = answer(request);
        async move { Ok::<_, Infallible>(answered.await) }
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(GREETING);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(Duration::from_secs(30)));
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
    if let Err(error) = pin!(watcher.watch(connection)).await {
        tracing::debug!(%from, "连接中断：{error}");
    }
}

async fn answer(router: Router, request: Request<Body>) -> Response<Body> {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Plain http where https is meant.
async fn elsewhere(plain: Router, request: Request<Body>) -> Response<Body> {
    let path = request.uri().path();
    if path == "/tls" || path.starts_with("/tls/") || path.starts_with("/assets/") {
        return answer(plain, request).await;
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let to = format!("https://{host}{}", request.uri().path_and_query().map_or("/", |it| it.as_str()));
    let mut response = Response::new(Body::from("本端口使用 HTTPS。\n"));
    match to.parse::<Uri>().ok().filter(|_| !host.is_empty()).and_then(|_| to.parse().ok()) {
        Some(to) => {
            *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
            response.headers_mut().insert(header::LOCATION, to);
        }
        None => *response.status_mut() = StatusCode::BAD_REQUEST,
    }
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// The acceptor of a certificate chain and its key, PEM.
pub fn acceptor(chain: &[u8], key: &[u8]) -> anyhow::Result<TlsAcceptor> {
    use anyhow::Context as _;
    use rustls_pki_types::pem::PemObject as _;
    use rustls_pki_types::{CertificateDer, PrivateKeyDer};
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain).collect();
    let chain = chain.context("证书不是 PEM")?;
    let key = PrivateKeyDer::from_pem_slice(key).context("私钥不是 PEM")?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let mut config = versions?.with_no_client_auth().with_single_cert(chain, key).context("证书与私钥不合")?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;
    use crate::tls::authority::Authority;

    async fn started(front: Front) -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        (address, stop, tokio::spawn(listen(listener, front, stopped)))
    }

    async fn ask(stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin, path: &str) -> String {
        let mut stream = stream;
        let request = format!("GET {path} HTTP/1.1\r\nHost: office.lan:8443\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn pages(name: &'static str) -> Router {
        let whole = move |ConnectInfo(from): ConnectInfo<SocketAddr>| async move { format!("{name} {}", from.ip()) };
        Router::new().route("/", get(whole)).route("/tls", get(move || async move { format!("{name} install") }))
    }

    #[tokio::test]
    async fn plain_pages_know_where_the_visitor_comes_from_and_stop_lets_them_finish() {
        let gate = Arc::new(tokio::sync::Notify::new());
        let (begun, mut begins) = watch::channel(false);
        let (waits, open) = (gate.clone(), Arc::new(begun));
        let slow = get(move || {
            let (waits, open) = (waits.clone(), open.clone());
            async move {
                let _ = open.send(true);
                waits.notified().await;
                "slow"
            }
        });
        let (address, stop, done) = started(Front::Plain(pages("plain").route("/slow", slow))).await;
        assert!(ask(TcpStream::connect(address).await.unwrap(), "/").await.ends_with("plain 127.0.0.1"));
        let under_way = tokio::spawn(async move { ask(TcpStream::connect(address).await.unwrap(), "/slow").await });
        begins.changed().await.unwrap();
        stop.send(true).unwrap();
        gate.notify_one();
        assert!(under_way.await.unwrap().ends_with("slow"));
        done.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test]
    async fn one_port_speaks_tls_and_sends_plain_http_there() {
        let authority = Authority::new(&[], crate::clock::today()).unwrap();
        let server = authority.server(&["127.0.0.1".into()], crate::clock::today()).unwrap();
        let acceptor = acceptor(server.chain.as_bytes(), server.key.as_bytes()).unwrap();
        let front = Front::Tls { acceptor, secure: pages("secure"), plain: pages("plain") };
        let (address, _stop, _) = started(front).await;
        let plain = ask(TcpStream::connect(address).await.unwrap(), "/cases?a=1").await;
        assert!(plain.starts_with("HTTP/1.1 308"), "{plain}");
        assert!(plain.contains("location: https://office.lan:8443/cases?a=1"), "{plain}");
        assert!(ask(TcpStream::connect(address).await.unwrap(), "/tls").await.ends_with("plain install"));

        let mut trusted = rustls::RootCertStore::empty();
        trusted.add(authority.der.clone().into()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.unwrap().with_root_certificates(trusted).with_no_client_auth();
        let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
        let stream = TcpStream::connect(address).await.unwrap();
        let stream = connector.connect("127.0.0.1".try_into().unwrap(), stream).await.unwrap();
        assert!(ask(stream, "/").await.ends_with("secure 127.0.0.1"));
    }

    #[test]
    fn a_key_that_does_not_fit_is_refused() {
        let authority = Authority::new(&[], crate::clock::today()).unwrap();
        let [a, b] = [0, 1].map(|_| authority.server(&["localhost".into()], crate::clock::today()).unwrap());
        assert!(acceptor(a.chain.as_bytes(), b.key.as_bytes()).is_err());
        assert!(acceptor(b"nothing", a.key.as_bytes()).is_err());
    }
}
