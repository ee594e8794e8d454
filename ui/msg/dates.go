package msg

import (
	"fmt"
	"time"
)

// Japan is the zone in which dates are shown: the law and the certificates mean it.
var Japan = time.FixedZone("JST", 9*60*60)

// eras of the Japanese calendar, the latest first, with their first days.
var eras = []struct {
	name             Text
	year, month, day int
}{
	{Text{"令和", "Reiwa"}, 2019, 5, 1},
	{Text{"平成", "Heisei"}, 1989, 1, 8},
	{Text{"昭和", "Showa"}, 1926, 12, 25},
	{Text{"大正", "Taisho"}, 1912, 7, 30},
	{Text{"明治", "Meiji"}, 1868, 1, 25},
}

// Date is a day in Japan, western and in the Japanese calendar.
func Date(l Lang, t time.Time) string {
	t = t.In(Japan)
	return Day(l, t.Year(), int(t.Month()), t.Day())
}

// Day is a day of the western calendar with its year in the Japanese one. Month and day
// 0 are left out, as registries have births of which only the year is known.
func Day(l Lang, year, month, day int) string {
	if l == En {
		return englishDay(year, month, day) + eraYear(l, year, month, day)
	}
	s := fmt.Sprintf("%d年", year)
	if month > 0 {
		s += fmt.Sprintf("%d月", month)
	}
	if day > 0 {
		s += fmt.Sprintf("%d日", day)
	}
	return s + eraYear(l, year, month, day)
}

func englishDay(year, month, day int) string {
	switch {
	case month < 1 || month > 12:
		return fmt.Sprint(year)
	case day == 0:
		return fmt.Sprintf("%s %d", time.Month(month), year)
	}
	return fmt.Sprintf("%d %s %d", day, time.Month(month), year)
}

// eraYear is the year in the Japanese calendar, in brackets. In the year in which an
// era ends, the day decides; without a day it is the era at the year's end.
func eraYear(l Lang, year, month, day int) string {
	if month == 0 {
		month = 12
	}
	if day == 0 {
		day = 31
	}
	number := year*10000 + month*100 + day
	for _, e := range eras {
		if number < e.year*10000+e.month*100+e.day {
			continue
		}
		n := year - e.year + 1
		if l == En {
			return fmt.Sprintf(" (%s %d)", e.name.En, n)
		}
		if n == 1 {
			return fmt.Sprintf("（%s元年）", e.name.Ja)
		}
		return fmt.Sprintf("（%s%d年）", e.name.Ja, n)
	}
	return ""
}

// Moment is a moment in Japan's time.
func Moment(l Lang, t time.Time) string {
	clock := t.In(Japan).Format("15:04:05")
	if l == En {
		return Date(l, t) + " " + clock + " JST"
	}
	return Date(l, t) + " " + clock
}
