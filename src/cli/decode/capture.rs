//! Captures (pcap and pcapng) down to the UDP datagrams of one port, and to the pieces of its TCP streams where cards speak.

use std::{
    io::Read,
    net::{IpAddr, SocketAddr},
};

use etherparse::{EtherType, NetSlice, SlicedPacket, TransportSlice};
use jiff::Timestamp;
use pcap_parser::{Block, Linktype, PcapBlockOwned, PcapError, create_reader};

use super::{Datagram, DecodeError, Origin, Segment, report::Report};
use crate::diagnostic::Bilingual;

/// The largest record that can be read: many times a datagram.
const BUFFER: usize = 1 << 20;

/// A Linux cooked header: its length, and where in it the ether type stands.
const COOKED: (usize, usize) = (16, 14);

/// The same in its second version.
const COOKED_2: (usize, usize) = (20, 0);

/// Bytes of the family before a packet of the BSD loopback.
const FAMILY: usize = 4;

/// What the records of one interface need to be read.
#[derive(Clone, Copy, Debug)]
struct Interface {
    link: Linktype,
    /// Units of its times in a second.
    resolution: u64,
    /// Seconds to add to its times.
    offset: i64,
}

/// One record, not yet looked into.
struct Record<'a> {
    link: Linktype,
    time: Option<Timestamp>,
    data: &'a [u8],
}

/// Whether `bytes` begin like a capture.
pub(super) fn begins(bytes: &[u8]) -> bool {
    const MAGICS: [[u8; 4]; 5] = [
        [0xa1, 0xb2, 0xc3, 0xd4],
        [0xd4, 0xc3, 0xb2, 0xa1],
        [0xa1, 0xb2, 0x3c, 0x4d],
        [0x4d, 0x3c, 0xb2, 0xa1],
        [0x0a, 0x0d, 0x0d, 0x0a],
    ];
    bytes.first_chunk::<4>().is_some_and(|magic| MAGICS.contains(magic))
}

/// Reports everything in `input` from or to `port`.
pub(super) fn read(input: impl Read + Send, port: u16, report: &mut Report<'_>) -> Result<(), DecodeError> {
    let mut reader = create_reader(BUFFER, input).map_err(|error| damaged(0, &error))?;
    let mut interfaces = Vec::new();
    let mut number = 0;
    loop {
        let ended = reader.reader_exhausted();
        match reader.next() {
            Ok((used, block)) => {
                if let Some(record) = record(&block, &mut interfaces) {
                    number += 1;
                    tell(&record, number, port, report)?;
                }
                reader.consume(used);
            }
            Err(PcapError::Eof) => return Ok(()),
            Err(PcapError::Incomplete(_)) if !ended => reader.refill().map_err(|error| damaged(number, &error))?,
            Err(error) => return Err(damaged(number, &error)),
        }
    }
}

fn damaged<I: std::fmt::Debug>(number: u64, error: &PcapError<I>) -> DecodeError {
    let (zh, en) = match error {
        PcapError::Eof | PcapError::UnexpectedEof | PcapError::Incomplete(_) => {
            ("文件在一条记录中间结束", "it ends in the middle of a record")
        }
        PcapError::BufferTooSmall => ("一条记录超过 1 MiB", "a record is longer than 1 MiB"),
        PcapError::ReadError => ("文件无法继续读取", "the file cannot be read on"),
        PcapError::HeaderNotRecognized => ("文件头不是 pcap 或 pcapng", "its header is not of pcap or pcapng"),
        PcapError::NomError(..) | PcapError::OwnedNomError(..) => ("一条记录不合格式", "a record makes no sense"),
    };
    DecodeError::Capture {
        number,
        reason: Bilingual::new(zh, en),
    }
}

/// The record in `block`, if it holds one; else what it says of interfaces is noted.
fn record<'a>(block: &'a PcapBlockOwned<'_>, interfaces: &mut Vec<Interface>) -> Option<Record<'a>> {
    match block {
        PcapBlockOwned::LegacyHeader(header) => {
            *interfaces = vec![Interface {
                link: header.network,
                resolution: if header.is_nanosecond_precision() {
                    1_000_000_000
                } else {
                    1_000_000
                },
                offset: 0,
            }];
            None
        }
        PcapBlockOwned::Legacy(block) => {
            let interface = interfaces.first()?;
            let units = u64::from(block.ts_sec) * interface.resolution + u64::from(block.ts_usec);
            Some(interface.record(Some(units), block.data))
        }
        PcapBlockOwned::NG(Block::SectionHeader(_)) => {
            interfaces.clear();
            None
        }
        PcapBlockOwned::NG(Block::InterfaceDescription(block)) => {
            interfaces.push(Interface {
                link: block.linktype,
                resolution: resolution(block.if_tsresol),
                offset: block.if_tsoffset,
            });
            None
        }
        PcapBlockOwned::NG(Block::EnhancedPacket(block)) => {
            let interface = interfaces.get(block.if_id as usize)?;
            let units = u64::from(block.ts_high) << 32 | u64::from(block.ts_low);
            let length = (block.caplen as usize).min(block.data.len());
            Some(interface.record(Some(units), &block.data[..length]))
        }
        PcapBlockOwned::NG(Block::SimplePacket(block)) => {
            let length = (block.origlen as usize).min(block.data.len());
            Some(interfaces.first()?.record(None, &block.data[..length]))
        }
        PcapBlockOwned::NG(_) => None,
    }
}

/// Units in a second by the interface's option: a power of ten, or of two where the high bit is set.
fn resolution(option: u8) -> u64 {
    let exponent = u32::from(option & 0x7f);
    let base: u64 = if option & 0x80 == 0 { 10 } else { 2 };
    base.checked_pow(exponent).unwrap_or(u64::MAX)
}

impl Interface {
    fn record<'a>(&self, units: Option<u64>, data: &'a [u8]) -> Record<'a> {
        Record {
            link: self.link,
            time: units.and_then(|units| self.time(units)),
            data,
        }
    }

    fn time(&self, units: u64) -> Option<Timestamp> {
        let nanoseconds = i128::from(units) * 1_000_000_000 / i128::from(self.resolution);
        Timestamp::from_nanosecond(nanoseconds + i128::from(self.offset) * 1_000_000_000).ok()
    }
}

/// Reports what `record` holds, if it is of `port`.
fn tell(record: &Record<'_>, number: u64, port: u16, report: &mut Report<'_>) -> Result<(), DecodeError> {
    let Some(sliced) = slice(record.link, record.data) else {
        let link = record.link.0;
        return Err(DecodeError::LinkType { number, link });
    };
    let Ok(packet) = sliced else {
        return report.other();
    };
    let (ports, bytes, segment) = match &packet.transport {
        Some(TransportSlice::Udp(udp)) => ((udp.source_port(), udp.destination_port()), udp.payload(), None),
        Some(TransportSlice::Tcp(tcp)) if report.reads_streams() => {
            let segment = Segment {
                number: tcp.sequence_number(),
                begins: tcp.syn(),
            };
            (
                (tcp.source_port(), tcp.destination_port()),
                tcp.payload(),
                Some(segment),
            )
        }
        _ => return report.other(),
    };
    let Some((from, to)) = packet.net.as_ref().and_then(|net| ends(net, ports)) else {
        return report.other();
    };
    if from.port() != port && to.port() != port {
        return report.other();
    }
    let time = record.time;
    report.datagram(&Datagram {
        origin: Origin::Record { number, time, from, to },
        bytes,
        segment,
    })
}

/// The headers of a record; `None` where its link type is not known.
fn slice(link: Linktype, data: &[u8]) -> Option<Result<SlicedPacket<'_>, etherparse::err::packet::SliceError>> {
    let from = |start: usize| data.get(start..).unwrap_or_default();
    let cooked = |(length, at): (usize, usize)| {
        let kind = from(at)
            .first_chunk::<2>()
            .map_or(0, |bytes| u16::from_be_bytes(*bytes));
        SlicedPacket::from_ether_type(EtherType(kind), from(length))
    };
    Some(match link {
        Linktype::ETHERNET => SlicedPacket::from_ethernet(data),
        // Not by the library, which knows the header only before some kinds of hardware; the loopback is not among them.
        Linktype::LINUX_SLL => cooked(COOKED),
        Linktype::LINUX_SLL2 => cooked(COOKED_2),
        Linktype::RAW | Linktype::IPV4 | Linktype::IPV6 => SlicedPacket::from_ip(data),
        Linktype::NULL | Linktype::LOOP => SlicedPacket::from_ip(from(FAMILY)),
        _ => return None,
    })
}

fn ends(net: &NetSlice<'_>, (from_port, to_port): (u16, u16)) -> Option<(SocketAddr, SocketAddr)> {
    let (from, to): (IpAddr, IpAddr) = match net {
        NetSlice::Ipv4(ip) => (ip.header().source_addr().into(), ip.header().destination_addr().into()),
        NetSlice::Ipv6(ip) => (ip.header().source_addr().into(), ip.header().destination_addr().into()),
        NetSlice::Arp(_) => return None,
    };
    Some(((from, from_port).into(), (to, to_port).into()))
}
