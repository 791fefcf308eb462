//! The local authority (本地证书颁发者) and the server's certificate: made by this program, for names and addresses of the
//! local network only.

use std::net::IpAddr;

use anyhow::Context;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
};

/// How long the authority is good: ten years, so that phones need it once.
const AUTHORITY_YEARS: i16 = 10;
/// How long a server's certificate is good; phones refuse more than 825 days.
pub const SERVER_DAYS: i64 = 800;
/// Endings of names that exist in local networks only.
const LOCAL_NAMES: &[&str] = &["local", "lan", "home.arpa", "internal", "localhost"];

/// The authority with its key.
pub struct Authority {
    /// The certificate, PEM.
    pub certificate: String,
    /// The certificate as phones install it.
    pub der: Vec<u8>,
    key: KeyPair,
    names: Vec<String>,
}

/// A server's certificate with its key, both PEM.
pub struct ServerCertificate {
    /// The certificate followed by the authority's.
    pub chain: String,
    /// The key.
    pub key: String,
    /// Last day.
    pub until: Date,
}

impl Authority {
    /// A new authority that can vouch for these host names, for local names and for addresses of local networks, and
    /// for nothing else on the internet, whoever gets hold of its key.
    pub fn new(names: &[String], today: Date) -> anyhow::Result<Authority> {
        let key = KeyPair::generate().context("做密钥")?;
        let certificate = params(&key, names, today)?.self_signed(&key).context("做证书")?;
        let der = certificate.der().to_vec();
        Ok(Authority { certificate: certificate.pem(), der, key, names: names.to_vec() })
    }

    /// An authority made before, from its key, its certificate and the names that it may vouch for.
    pub fn again(certificate: &str, key: &str, names: &[String]) -> anyhow::Result<Authority> {
        use rustls_pki_types::pem::PemObject as _;
        let key = KeyPair::from_pem(key).context("读颁发者的密钥")?;
        let der = rustls_pki_types::CertificateDer::from_pem_slice(certificate.as_bytes()).context("读颁发者的证书")?;
        Ok(Authority { certificate: certificate.to_owned(), der: der.to_vec(), key, names: names.to_vec() })
    }

    /// The key, PEM.
    pub fn key(&self) -> String {
        self.key.serialize_pem()
    }

    /// Whether it may vouch for this name or address.
    pub fn may_vouch_for(&self, host: &str) -> bool {
        match host.parse::<IpAddr>() {
            Ok(address) => is_local(address),
            Err(_) => {
                let below = |name: &str| host == name || host.ends_with(&format!(".{name}"));
                LOCAL_NAMES.iter().any(|name| below(name)) || self.names.iter().any(|name| below(name))
            }
        }
    }

    /// A certificate for a server under these names and addresses, good from today.
    pub fn server(&self, hosts: &[String], today: Date) -> anyhow::Result<ServerCertificate> {
        let key = KeyPair::generate().context("做密钥")?;
        let mut wanted = CertificateParams::new(hosts).context("主机名写错了")?;
        let until = today.checked_add(SERVER_DAYS.days()).context("日期")?;
        (wanted.not_before, wanted.not_after) = (midnight(today.yesterday()?), midnight(until));
        wanted.distinguished_name = named(hosts.first().map_or("huiyin", String::as_str));
        wanted.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        wanted.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        wanted.use_authority_key_identifier_extension = true;
        let own = params(&self.key, &self.names, today)?;
        let signed = wanted.signed_by(&key, &Issuer::from_params(&own, &self.key)).context("签发证书")?;
        let chain = format!("{}{}", signed.pem(), self.certificate);
        Ok(ServerCertificate { chain, key: key.serialize_pem(), until })
    }
}

/// What the authority's certificate says. Its name comes from its key, so that it is the same when it signs again.
fn params(key: &KeyPair, names: &[String], today: Date) -> anyhow::Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::new()).context("证书")?;
    let years = today.checked_add(AUTHORITY_YEARS.years()).context("日期")?;
    (params.not_before, params.not_after) = (midnight(today.yesterday()?), midnight(years));
    params.distinguished_name = named(&format!("Huiyin local authority {}", super::short_print(key.public_key_raw())));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let local = LOCAL_NAMES.iter().map(|name| (*name).to_owned());
    let own = names.iter().filter(|name| name.parse::<IpAddr>().is_err()).cloned();
    let mut permitted: Vec<GeneralSubtree> = local.chain(own).map(GeneralSubtree::DnsName).collect();
    let v4 = [
        ([10, 0, 0, 0], 8),
        ([172, 16, 0, 0], 12),
        ([192, 168, 0, 0], 16),
        ([127, 0, 0, 0], 8),
        ([169, 254, 0, 0], 16),
    ];
    permitted.extend(v4.map(|(net, bits)| GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix(net, bits))));
    permitted.extend([("fc00::", 7), ("fe80::", 10), ("::1", 128)].map(|(net, bits)| {
        let net: std::net::Ipv6Addr = net.parse().expect("written above");
        GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix(net.octets(), bits))
    }));
    params.name_constraints = Some(NameConstraints { permitted_subtrees: permitted, excluded_subtrees: Vec::new() });
    Ok(params)
}

/// Whether an address lies in a local network.
pub fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_loopback() || address.is_link_local(),
        IpAddr::V6(address) => {
            let first = address.segments()[0];
            address.is_loopback() || first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80
        }
    }
}

fn named(name: &str) -> DistinguishedName {
    let mut full = DistinguishedName::new();
    full.push(DnType::OrganizationName, "Huiyin");
    full.push(DnType::CommonName, name);
    full
}

/// A date as the certificate library takes it.
fn midnight(date: Date) -> time::OffsetDateTime {
    rcgen::date_time_ymd(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
}
