//! The registry of routes (路由): a route exists only with its permission, and the router is built from the registry, so
//! that no page or act can be reached without the check, and a test can walk every route × every post.

use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::MethodRouter;

use crate::page::wrong;
use crate::security::{Permission, Viewer, guard};

/// One page or act. `S` is the state of the handlers.
pub struct Route<S: 'static> {
    /// `GET` shows and never writes; `POST` acts.
    pub method: Method,
    /// The path with its parameters: `/cases/{number}`.
    pub path: &'static str,
    /// What it asks for.
    pub permission: Permission,
    /// What it is called in Chinese, marked with `zh`: for the list of permissions and the log.
    pub title: &'static str,
    /// Makes the handler: `|| get(show)`.
    pub handler: fn() -> MethodRouter<S>,
}

impl<S: 'static> Route<S> {
    /// A route of a registry.
    pub fn new(
        method: Method,
        path: &'static str,
        permission: Permission,
        title: &'static str,
        handler: fn() -> MethodRouter<S>,
    ) -> Route<S> {
        Route { method, path, permission, title, handler }
    }
}

/// Whether a visitor may use a route that asks for `permission`. Someone not signed in may only what anyone may.
pub fn may(viewer: Option<&Viewer>, permission: Permission) -> bool {
    match viewer {
        _ if permission == Permission::Anyone => true,
        Some(viewer) => viewer.grants.allow(permission),
        None => false,
    }
}

/// The router of a registry, each route behind its permission. `parts` are the registries of the nouns.
///
/// # Panics
/// When two routes have the same method and path: a fault of the program that every test finds.
pub fn router<S: Clone + Send + Sync + 'static>(parts: &[&[Route<S>]]) -> Router<S> {
    parts.iter().copied().flatten().fold(Router::new(), |router, route| {
        let permission = route.permission;
        let check = middleware::from_fn(move |request: Request, next: Next| check(permission, request, next));
        router.route(route.path, (route.handler)().route_layer(check))
    })
}

async fn check(permission: Permission, request: Request, next: Next) -> Response {
    match guard::seen(&request) {
        viewer if may(viewer, permission) => next.run(request).await,
        Some(viewer) => wrong::not_granted(viewer, permission),
        None => wrong::sign_in_first(request.method(), request.uri()),
    }
}
