using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Peers recently named by a TURN client: every datagram may name one, but it is announced again only after
/// half of its lifetime.</summary>
internal sealed class TurnPeers
{
    /// <summary>Peers kept at most; the oldest is replaced. A client has as many as its peers have candidates, some
    /// ten.</summary>
    public const int Maximum = 32;

    private readonly (Endpoint Peer, long DueNs)[] _peers = new (Endpoint Peer, long DueNs)[Maximum];
    private int _next;
    private int _count;

    /// <summary>True when a peer should be announced for <paramref name="lifetimeNs"/>.</summary>
    public bool IsDue(Endpoint peer, long nowNs, long lifetimeNs)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_peers[i].Peer != peer)
                continue;
            if (nowNs < _peers[i].DueNs)
                return false;
            _peers[i].DueNs = nowNs + (lifetimeNs / 2);
            return true;
        }

        _peers[_next] = (peer, nowNs + (lifetimeNs / 2));
        _next = (_next + 1) % Maximum;
        _count = Math.Max(_count, _next == 0 ? Maximum : _next);
        return true;
    }

    public void Clear() => (_next, _count) = (0, 0);
}
