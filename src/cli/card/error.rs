//! Why a card could not be asked or told.

use crate::{
    controller::onbon::{
        ANY,
        message::{ErrorCode, MessageError},
        session::{Fault, Thing},
    },
    diagnostic::{Bilingual, Explain},
    link::{ConnectionError, LinkError, PortError},
};

/// Why a card could not be asked or told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::cli) enum CardError {
    /// The way to it is not there.
    #[error(transparent)]
    Link(LinkError),
    /// The way to it is not there, while a daemon runs that may have it.
    #[error(transparent)]
    Taken(LinkError),
    /// The way does not come about in time.
    #[error("the way to the card does not open")]
    Closed,
    /// It does not answer, or answers otherwise than it should.
    #[error(transparent)]
    Fault(Fault),
    /// Whichever card was asked, nothing came back.
    #[error("no card answers: not one byte came back")]
    Nobody {
        /// Bits a second of the line; `None` over a network.
        baud: Option<u32>,
    },
    /// Whichever card was asked, what came back made no sense.
    #[error("{bytes} bytes came back that make no answer")]
    Jumble {
        /// How many bytes.
        bytes: u64,
        /// Bits a second of the line; `None` over a network.
        baud: Option<u32>,
    },
    /// It refuses.
    #[error("the card refuses {thing}: {code}")]
    Refused {
        /// What.
        thing: Thing,
        /// Why.
        code: ErrorCode,
    },
    /// Its answer is not understood.
    #[error("the card's answer to {thing} is not understood: {error}")]
    Unclear {
        /// To what.
        thing: Thing,
        /// Why not.
        error: MessageError,
    },
    /// There is no such request to cards with fonts.
    #[error("cards with fonts of their own are not asked for {thing}")]
    Unable {
        /// What.
        thing: Thing,
    },
    /// The daemon has the line and asks no such thing.
    #[error("the daemon has the cards' lines, and does not ask for their files")]
    Held,
    /// The daemon has too much to do for the card.
    #[error("the daemon has more to do for the card than it can: nothing was ordered")]
    Busy,
}

impl Explain for CardError {
    fn chinese(&self) -> String {
        match self {
            Self::Link(error) | Self::Taken(error) => error.chinese(),
            Self::Closed => "连接控制卡没有结果".to_owned(),
            Self::Fault(fault) => fault.chinese(),
            Self::Nobody { .. } => "没有控制卡应答：一个字节也没有收到".to_owned(),
            Self::Jumble { bytes, .. } => format!("收到 {bytes} 个字节，但不是有效的应答"),
            Self::Refused { thing, code } => format!("控制卡拒绝{}：{}", thing.chinese(), code.chinese()),
            Self::Unclear { thing, error } => {
                format!("无法理解控制卡对{}的应答：{}", thing.chinese(), error.chinese())
            }
            Self::Unable { thing } => format!("字库卡没有{}的命令", thing.chinese()),
            Self::Held => "控制卡的线路正由运行中的程序占用，程序不查询卡上的文件".to_owned(),
            Self::Busy => "运行中的程序对该卡还有许多事未做完，命令没有下发".to_owned(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            // Who holds a port cannot be told, who serves a connection only guessed: a daemon that runs may be it.
            Self::Link(error @ LinkError::Port(PortError::Held { .. })) => with_daemon(&once(error)),
            Self::Taken(error) if may_be_ours(error) => with_daemon(&once(error)),
            Self::Link(error) | Self::Taken(error) => once(error),
            Self::Closed => Bilingual::new(
                "请检查控制卡的电源和接线，再试一次",
                "check the card's power and its cable, and try again",
            ),
            // All kinds of cards were asked, but of one number alone.
            Self::Fault(Fault::Silent { baud, .. }) => {
                let Bilingual { zh, en } = Fault::silence(*baud);
                Bilingual::new(
                    format!("{zh}；卡号不明时不写 --number"),
                    format!("{en}; leave --number out where it is not certain"),
                )
            }
            Self::Fault(fault) => fault.help(),
            Self::Nobody { baud } => Fault::silence(*baud),
            Self::Jumble { baud: Some(baud), .. } => {
                let (zh, en) = Fault::other_bauds(*baud);
                Bilingual::new(
                    format!(
                        "线上若有几张卡，请用 --number 指明一张；只有一张则多半是波特率不对（本端 {baud}），请试 {zh}"
                    ),
                    format!(
                        "if the line has several cards, name one by --number; if it has one, the baud rate is most likely wrong \
                         (here {baud}): try {en}"
                    ),
                )
            }
            Self::Jumble { baud: None, .. } => {
                let (number, baud) = (ANY, None);
                Fault::Garbled { number, baud }.help()
            }
            Self::Refused { code, .. } => code.help(),
            Self::Unclear { error, .. } => error.help(),
            Self::Unable { .. } => Bilingual::new(
                "请用厂家软件操作，或换 BX-5、BX-6 图文卡",
                "use the vendor's software, or a BX-5 or BX-6 card that shows pictures",
            ),
            Self::Held => Bilingual::new(
                "请先停止程序（systemctl stop yingbi），查看后再启动；卡会保持原有画面",
                "stop the daemon first (`systemctl stop yingbi`) and start it again afterwards; cards keep what they show",
            ),
            Self::Busy => Bilingual::new("请稍后再试", "try again in a moment"),
        }
    }
}

/// What to do about it for somebody who tries once: nothing happens by itself afterwards.
fn once(error: &LinkError) -> Bilingual {
    match error {
        LinkError::Port(error) => error.remedy(),
        LinkError::Connection(error) => error.remedy(),
        error => error.help(),
    }
}

/// Whether it may be the daemon that is in the way.
const fn may_be_ours(error: &LinkError) -> bool {
    matches!(
        error,
        LinkError::Connection(ConnectionError::Refused { .. } | ConnectionError::Ended { .. })
    )
}

fn with_daemon(help: &Bilingual) -> Bilingual {
    Bilingual::new(
        format!(
            "{}。若是运行中的 yingbi 占用：不写 --serial、--tcp，改写 --screen，由它代办；或先 systemctl stop yingbi",
            help.zh
        ),
        format!(
            "{}. If it is a yingbi that runs: give --screen instead of --serial or --tcp, and it does it for you; or stop it \
             first (`systemctl stop yingbi`)",
            help.en
        ),
    )
}
