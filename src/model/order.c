#include "model/order.h"

const char *const order_reason_names[N_REASONS] = {
    [REASON_NEW] = "new",           [REASON_RENEWAL] = "renewal", [REASON_REFRESH] = "refresh",
    [REASON_EXISTING] = "existing", [REASON_PLANNED] = "planned", [REASON_FOLLOWS] = "follows need",
    [REASON_LEFT_OUT] = "left out",
};
