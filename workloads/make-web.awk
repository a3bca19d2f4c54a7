# Writes web.csv: the servers that a made-up web service needs in every hour of a week.
#
#   awk -f make-web.awk > web.csv
#
# servers = mean x hour of the day x day of the week, rounded to whole servers
#
# README.md explains the figures.

BEGIN {
    mean_servers = 50

    split("0.70 0.54 0.45 0.40 0.40 0.46 0.60 0.78 0.94 1.07 1.16 1.20 " \
          "1.20 1.18 1.16 1.16 1.20 1.28 1.40 1.53 1.60 1.50 1.20 0.89", hour_of_day, " ")
    split("1.06 1.08 1.08 1.06 1.00 0.84 0.88", weekday, " ")    # Monday first

    print "time,servers"
    for (day = 1; day <= 7; day++)    # 2006-08-21 was a Monday
        for (hour = 0; hour < 24; hour++)
            printf "2006-08-%02dT%02d:00:00Z,%d\n", 20 + day, hour, int(mean_servers * hour_of_day[hour + 1] * weekday[day] + 0.5)
}
