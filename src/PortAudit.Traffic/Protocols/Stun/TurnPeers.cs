using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>The peers that a TURN client named lately: every datagram to a peer may name it, and it is announced again
/// only when half of its time is over.</summary>
internal sealed class TurnPeers
{
    /// <summary>Peers that are remembered at most; a newer one takes the place of the oldest. A client has as many as
    /// its peers have candidates, some ten.</summary>
    public const int Maximum = 32;

    private readonly (Endpoint Peer, long DueNs)[] _peers = new (Endpoint Peer, long DueNs)[Maximum];
    private int _next;
    private int _count;

    /// <summary>True when a peer is to be announced, for as long as <paramref name="lifetimeNs"/>.</summary>
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

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_next, _count) = (0, 0);
}
