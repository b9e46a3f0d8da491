//! What is told of links, in both languages.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use yingbi::{
    diagnostic::{Explain as _, Severity},
    link::{ConnectionError, LinkError, PortError, UdpListener},
};

use super::loopback;

const PEER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 10)), 4048);

#[test]
fn a_port_in_use_is_named_with_a_remedy() {
    let first = UdpListener::bind(loopback()).unwrap();
    let error = UdpListener::bind(first.address()).unwrap_err();
    let port = first.address().port();
    assert_eq!(
        error.to_string(),
        format!("UDP port {port} of 127.0.0.1 is in use by another program")
    );
    assert_eq!(
        error.chinese(),
        format!("127.0.0.1 的 UDP 端口 {port} 已被其他程序占用")
    );
    assert_eq!(
        error.help().en,
        format!("stop that program (`ss -lunp 'sport = :{port}'` names it), or choose another port")
    );
    assert_eq!(
        error.help().zh,
        format!("请停止占用它的程序（ss -lunp 'sport = :{port}' 可查），或换一个端口")
    );
}

#[test]
fn a_datagram_that_is_too_large_is_told_with_its_own_size_and_that_of_the_interface() {
    let error = LinkError::TooLarge {
        peer: PEER,
        datagram: 1450,
        mtu: Some(1400),
        interface: Some("eth1".into()),
    };
    assert_eq!(
        error.to_string(),
        "datagrams of 1450 bytes make IP packets of 1478 bytes, but the interface eth1 on the way to 192.0.2.10:4048 carries 1400 at most"
    );
    assert_eq!(
        error.chinese(),
        "1450 字节的数据报连同报头为 1478 字节，而通往 192.0.2.10:4048 的网卡 eth1 每包最多 1400 字节"
    );
    assert_eq!(
        error.help().en,
        "set that interface's MTU to 1478 or more: ip link set dev eth1 mtu 1500"
    );
    assert_eq!(
        error.help().zh,
        "请把网卡 eth1 的 MTU 设为不小于 1478，如：ip link set dev eth1 mtu 1500"
    );
}

#[test]
fn a_packet_over_ipv6_is_twenty_bytes_larger() {
    let error = LinkError::TooLarge {
        peer: "[2001:db8::1]:4048".parse().unwrap(),
        datagram: 1450,
        mtu: None,
        interface: None,
    };
    assert_eq!(
        error.to_string(),
        "datagrams of 1450 bytes make IP packets of 1498 bytes, more than the way to [2001:db8::1]:4048 carries"
    );
    assert_eq!(error.help().en, "set the MTU on the way to 1498 or more");
}

#[test]
fn every_problem_has_words_and_a_remedy_in_both_languages() {
    let peer = PEER;
    let reason = String::from("as the system says");
    let interface = "eth1".into();
    let all = [
        LinkError::NoPeer,
        LinkError::Refused { peer },
        LinkError::Unreachable {
            peer,
            reason: reason.clone(),
        },
        LinkError::Forbidden { peer },
        LinkError::Moved {
            local: Ipv4Addr::new(192, 0, 2, 1).into(),
            peer,
        },
        LinkError::Interface {
            interface,
            known: "lo (127.0.0.1)".to_owned(),
        },
        LinkError::NoAddress {
            interface: "eth1".into(),
        },
        LinkError::InterfaceDown {
            interface: "eth1".into(),
        },
        LinkError::Privileged { address: PEER },
        LinkError::Listen {
            address: PEER,
            reason: reason.clone(),
        },
        LinkError::Group {
            group: Ipv4Addr::new(239, 255, 0, 1).into(),
            reason: reason.clone(),
        },
        LinkError::Name {
            address: "wall:4048".into(),
            reason: reason.clone(),
        },
        LinkError::Other {
            peer: "wall".into(),
            reason,
        },
    ];
    let port = || "/dev/ttyUSB0".into();
    let ports = [
        PortError::Missing {
            port: port(),
            known: vec!["/dev/ttyS0".into(), "/dev/ttyS1".into()],
        },
        PortError::Missing {
            port: port(),
            known: Vec::new(),
        },
        PortError::Forbidden { port: port() },
        PortError::Held { port: port() },
        PortError::Other { port: port() },
        PortError::Stuck { port: port() },
        PortError::Speed {
            port: port(),
            baud: 57_600,
            reason: "38400".to_owned(),
        },
        PortError::Unplugged { port: port() },
        PortError::Stalled { port: port() },
        PortError::Failed {
            port: port(),
            reason: "as the system says".to_owned(),
        },
    ];
    let connections = [
        ConnectionError::Refused { peer },
        ConnectionError::Silent { peer },
        ConnectionError::Ended { peer },
        ConnectionError::Broken { peer },
        ConnectionError::Stalled { peer },
    ];
    let all = all.into_iter().chain(ports.map(LinkError::from));
    for error in all.chain(connections.map(LinkError::from)) {
        let help = error.help();
        let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(is_chinese(&error.chinese()) && is_chinese(&help.zh), "{error}");
        assert!(error.to_string().is_ascii() && help.en.is_ascii(), "{error}");
        assert_eq!(error.severity(), Severity::Error, "{error}");
    }
}

#[test]
fn a_port_to_send_from_that_is_taken_is_only_a_warning() {
    let error = LinkError::PortTaken { port: 6454 };
    assert_eq!(error.severity(), Severity::Warning);
    assert_eq!(
        error.to_string(),
        "UDP port 6454 is in use by another program, so that answers of the controllers do not arrive"
    );
    assert!(error.help().zh.contains("ss -lunp 'sport = :6454'"));
    // Who has no address finds nobody without answers.
    assert!(error.help().en.contains("those without find no controller"));
    assert!(error.help().zh.contains("不写地址的找不到控制器"));
}

#[test]
fn a_name_that_leads_nowhere_is_told_in_chinese_as_far_as_the_systems_words_are_known() {
    let told = |reason: &str| {
        let error = LinkError::Name {
            address: "kongzhika.local:4048".into(),
            reason: reason.to_owned(),
        };
        error.chinese()
    };
    let told_of = "failed to lookup address information: Temporary failure in name resolution";
    assert_eq!(told(told_of), "无法解析 kongzhika.local:4048：域名服务器没有应答");
    assert_eq!(
        told("failed to lookup address information: Name or service not known"),
        "无法解析 kongzhika.local:4048：没有这个主机名"
    );
    assert_eq!(told("timed out"), "无法解析 kongzhika.local:4048：timed out");
}

#[test]
fn a_port_that_is_not_there_is_told_with_those_that_are() {
    let missing = |known: &[&str]| PortError::Missing {
        port: "/dev/ttyUSB0".into(),
        known: known.iter().map(|&name| name.into()).collect(),
    };
    let some = missing(&["/dev/serial/by-id/usb-FTDI", "/dev/ttyS0"]);
    assert_eq!(
        some.to_string(),
        "there is no serial port /dev/ttyUSB0; there is /dev/serial/by-id/usb-FTDI, /dev/ttyS0"
    );
    assert_eq!(
        some.chinese(),
        "没有串口 /dev/ttyUSB0，现有 /dev/serial/by-id/usb-FTDI、/dev/ttyS0"
    );
    assert_eq!(missing(&[]).to_string(), "there is no serial port /dev/ttyUSB0");
}
