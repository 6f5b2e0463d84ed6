import time, statistics, pytest
from datetime import UTC, datetime
from amends.networks.port import Content
from tests.networks.test_bluesky_real import account, frozen
from tests.outside import until
@pytest.mark.bluesky
def test_times(bluesky_small, bluesky_network):
    n = account(bluesky_network, "timer.test"); tom=bluesky_network.as_user("tomtimer.test")
    print("\nstart small %.2f full %.2f" % (bluesky_small.start_s, bluesky_network.start_s))
    ts=[]
    for i in range(60):
        f=frozen(n,f"Post {i}.",f"o{i}"); t=time.perf_counter(); a=n.publish(f); ts.append(time.perf_counter()-t)
    ts.sort(); print("publish (getSession+put) p50 %.1f p95 %.1f ms"%(ts[30]*1e3,ts[57]*1e3))
    cur=n.fetch("").cursor; vis=[]; 
    for i in range(15):
        uri=tom.post(f"No {i}", a.network_id); t=time.perf_counter()
        def seen():
            p=n.fetch(cur); return uri in [m.network_id for m in p.mentions]
        until(seen); vis.append(time.perf_counter()-t); cur=n.fetch(cur).cursor
    vis.sort(); print("reply visible p50 %.0f max %.0f ms"%(vis[7]*1e3,vis[-1]*1e3), "cursor bytes", len(cur))
