// What the page says, in both languages of the house.
"use strict";

const WORDS = {
  zh: {
    live: "实时", connecting: "正在连接…", lost: "连接中断，画面为最后一帧", retryIn: (s) => `${s} 秒后重连`, retry: "立即重连",
    empty: "尚无画面。", problems: "问题", imports: "正在处理的视频", noProblems: "没有问题。", count: (n, shown) => n > shown ? `共 ${n} 项，列出前 ${shown} 项` : `${n} 项`,
    keys: "点击或触摸一颗灯查看颜色。键盘：Tab 选中屏幕，方向键移动，+ − 缩放，0 适应窗口，Z 显示区域，Esc 取消。",
    zoomIn: "放大", zoomOut: "缩小", fit: "适应", outline: "区域", picture: "存为 PNG", zoom: (n) => `${n} 倍`,
    rate: (n) => `每秒 ${n} 帧`, gone: "已从站点移除", stage: (t, w, h) => `${t}，${w} 乘 ${h} 颗灯`,
    hint: "指向一颗灯查看颜色", led: (x, y, hex, rgb) => `x ${x}　y ${y}　${hex}　RGB ${rgb}`, inZone: (z) => `　区域 ${z}`,
    stop: "停播", stopSure: "确认停播？再点一次", stopFailed: "未能停播，请在站点文件夹中放入“停播.txt”",
    resume: "恢复播出：先从站点文件夹中删除“停播”文件（如有），再在主机上运行 yingbi resume。",
    whole: "全屏", page: (n, of) => `第 ${n} / ${of} 页`, times: (a, b) => `${a} 起，至 ${b}`, why: (w) => w,
    next: (t, at) => `接着 ${at}　${t}`, noNext: "其后无安排", idle: "此刻无播出", dark: (w) => `熄屏：${w}`, fix: (h) => `处理：${h}`,
    priority: { filler: "垫播", routine: "日常", campaign: "专题", notice: "通知", alert: "紧急", stop: "停播" },
  },
  en: {
    live: "Live", connecting: "Connecting…", lost: "Connection lost; this is the last frame", retryIn: (s) => `trying again in ${s} s`, retry: "Try now",
    empty: "No picture yet.", problems: "Problems", imports: "Videos being taken in", noProblems: "None.", count: (n, shown) => n > shown ? `${n}, of which the first ${shown}` : `${n}`,
    keys: "Point at or tap an LED for its colour. Keyboard: Tab to a screen, arrows move, + − zoom, 0 fits, Z shows zones, Esc lets go.",
    zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Fit", outline: "Zones", picture: "Save PNG", zoom: (n) => `${n}×`,
    rate: (n) => `${n} frames/s`, gone: "no longer in the site", stage: (t, w, h) => `${t}, ${w} by ${h} LEDs`,
    hint: "Point at an LED for its colour", led: (x, y, hex, rgb) => `x ${x}   y ${y}   ${hex}   RGB ${rgb}`, inZone: (z) => `   zone ${z}`,
    stop: "Stop", stopSure: "Stop the wall? Press again", stopFailed: "Not stopped: use a file 停播.txt",
    resume: "To go on: take the file 停播 out of the site's folder if there is one, then run yingbi resume on that machine.",
    whole: "whole screen", page: (n, of) => `page ${n} of ${of}`, times: (a, b) => `since ${a}, until ${b}`, why: (w) => w,
    next: (t, at) => `Next, ${at}: ${t}`, noNext: "Nothing after this", idle: "Nothing plays now", dark: (w) => `Dark: ${w}`, fix: (h) => `What to do: ${h}`,
    priority: { filler: "filler", routine: "routine", campaign: "campaign", notice: "notice", alert: "alert", stop: "stop" },
  },
};
