#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "fuzz.h"

static const struct fuzz_file *world;
static size_t n_world;

const char fuzz_prices[] =
    "offer,kind,vcpu,term,increment,discounts,component,charged,per,price,currency,tier_from,follows,"
    "effective_from,source\n"
    "od,on-demand,2,,1 h,,hourly,running,server-hour,0.10,USD,,,2014-01-01,x\n"
    "od,on-demand,2,,1 h,,egress,metered,GB,free,USD,,,2014-01-01,x\n"
    "od,on-demand,2,,1 h,,egress,metered,GB,0.1,USD,100,,2014-01-01,x\n"
    "res,reserved,2,1 yr,1 h,od,upfront,term,server,100,USD,,,2014-01-01,x\n"
    "res,reserved,2,1 yr,1 h,od,hourly,held,server-hour,0.05,USD,,,2014-01-01,x\n"
    "light,reserved,2,1 yr,1 h,od,hourly,running,server-hour,0.05,USD,,,2014-01-01,x\n"
    "plan,savings-plan,2,1 yr,,od,hourly,held,server-hour,0.05,USD,,,2014-01-01,x\n"
    "spot,spot,2,,,,hourly,running,server-hour,0.02,EUR,,,2014-01-01 05:00,x\n"
    "spot,spot,2,,,,hourly,running,server-hour,0.2,EUR,,,2014-02-02 07:00,x\n"
    "host,hosting,2,1 mo,,,set-up,once,server,10,USD,,,2014-01-01,x\n"
    "host,hosting,2,1 mo,,,fee,held,server-month,30,USD,,,2014-01-01,x\n"
    "colo,colocation,4,,,,server,term,server,1000,USD,,,2014-01-01,x\n"
    "colo,colocation,4,,,,labour,once,work-hour,70,USD,,,2014-01-01,x\n"
    "colo,colocation,4,,,,rack,held,rack-month,500,USD,,day,2014-01-01,x\n"
    "colo,colocation,4,,,,power,held,kWh,0.1,USD,,day,2014-01-01,x\n"
    "bare,colocation,4,,,,server,term,server,1000,EUR,,,2014-01-01,x\n"
    "bare,colocation,4,,,,repairs,metered,server,300,USD,,,2014-01-01,x\n"
    "hall,site,,12 mo,,,space,held,rack-month,500,EUR,,,2014-01-01,x\n"
    "hall,site,,12 mo,,,power,held,kW-month,100,USD,,,2014-01-01,x\n"
    "hall,site,,12 mo,,,connects,held,cross-connect-month,100,USD,,,2014-01-01,x\n"
    "disk,service,,,,,disk,metered,GB-month,0.1,USD,,,2014-01-01,x\n"
    "calls,service,,,,,calls,metered,million requests,0.4,EUR,,,2014-01-01,x\n"
    "transit,service,,,,,transit,metered,Mbps-month,5,USD,,,2014-01-01,x\n"
    "support,service,,,,,support,metered,spend,0.1,USD,,,2014-01-01,x\n"
    "support,service,,,,,fee,held,month,10,USD,,,2014-01-01,x\n";

const char fuzz_rates[] = "currency,rate,effective_from,source\n"
                          "EUR,1.3791,2013-01-01,x\n"
                          "EUR,1.4,2014-02-02,x\n";

const char fuzz_lead_times[] = "process,stage,each,low,mode,high,crew,workers,draw,hours,source\n"
                               "ship,ship,order,2 d,,,,,order,24x7,x\n"
                               "ship,rack,server,1 h,2 h,3 h,crew,10,order,24x7,x\n";

const char fuzz_trace[] = "time,servers,sites\n"
                          "2014-02-01,10,1\n2014-02-02,20,2\n2014-02-03,15,3\n2014-02-04,0,4\n"
                          "2014-02-05,30,5\n2014-02-06,12.5,6\n2014-02-07,7,7\n2014-02-08,8,8\n";

void fuzz_world(const struct fuzz_file *files, size_t n_files)
{
    world = files;
    n_world = n_files;
}

bool file_read(struct arena *arena, struct str path, struct str *content, struct failure *failure)
{
    for (size_t i = 0; i < n_world; i++) {
        if (str_is(path, world[i].name)) {
            *content = world[i].content;
            return true;
        }
    }
    failure_set(failure, arena, path, "cannot read", 0);
    return false;
}

struct str fuzz_copy(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size + (size == 0));
    if (bytes == NULL)
        abort();
    if (size > 0)
        memcpy(bytes, data, size);
    return (struct str){bytes, size};
}

void fuzz_free(struct str copy)
{
    free((void *)(uintptr_t)copy.at);
}

void fuzz_check(const struct diagnostics *diagnostics, int good)
{
    size_t n_errors = 0;
    for (size_t i = 0; i < diagnostics->n_items; i++) {
        const struct diagnostic *d = &diagnostics->items[i];
        n_errors += d->severity == SEVERITY_ERROR;
        if (d->message.length == 0 || d->place.line < 0 || d->place.column < 0 ||
            strlen(d->message.at) != d->message.length)
            abort();
    }
    if (n_errors != diagnostics->n_errors || (good != 0) != (n_errors == 0))
        abort();
}
