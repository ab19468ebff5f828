using System.Globalization;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Numbers the tunnels of an observation in two bytes, for flow keys. A tunnel is identified by its kind, by
/// what both directions share (VNI, session or key; without one, the endpoints of its carrier), and by the tunnel and
/// VLANs around it.</summary>
internal sealed class TunnelTable
{
    /// <summary>The number for no tunnel.</summary>
    public const ushort NoTunnel = 0;

    /// <summary>Tunnels kept apart: a flow's key has two bytes for the number.</summary>
    public const int MaximumTunnels = ushort.MaxValue - 1;

    /// <summary>The number shared by all tunnels beyond <see cref="MaximumTunnels"/>.</summary>
    public const ushort OtherTunnels = ushort.MaxValue;

    private readonly Dictionary<Identity, ushort> _numbers = [];
    private readonly List<Tunnel> _tunnels = [new Tunnel("", 0)];
    private Identity _latest;
    private ushort _latestNumber;

    /// <summary>Packets in tunnels beyond <see cref="MaximumTunnels"/>.</summary>
    public long PacketsOfOthers { get; private set; }

    /// <summary>The number of the tunnel around a packet's inner packet.</summary>
    public ushort NumberOf(in DecodedPacket carrier) => NumberOf(Identity.Of(carrier), carrier.Inner.HasNumber);

    /// <summary>The number of a provider backbone service, whose frames no packet carries.</summary>
    /// <param name="service">Its identifier, the same for all its VLANs and bridges (IEEE 802.1Q §25).</param>
    /// <param name="outer">Number of the tunnel around it.</param>
    public ushort NumberOfService(uint service, ushort outer) =>
        NumberOf(new Identity(default, default, service, VlanTags.None, outer, TunnelKind.BackboneService),
            hasNumber: true);

    /// <summary>The encapsulations of a tunnel, outermost first; null for <see cref="NoTunnel"/>.</summary>
    public string? TextOf(ushort number) => number switch
    {
        NoTunnel => null,
        OtherTunnels => "other",
        _ => _tunnels[number].Text,
    };

    /// <summary>A number derived from the tunnel's identity: the same in every observation of the same
    /// packets.</summary>
    public ulong DigestOf(ushort number) => number == OtherTunnels ? ulong.MaxValue : _tunnels[number].Digest;

    private ushort NumberOf(in Identity identity, bool hasNumber)
    {
        if (_latestNumber != NoTunnel && identity == _latest)
            return _latestNumber;
        var number = Find(identity, hasNumber);
        if (number == OtherTunnels)
            PacketsOfOthers++;
        else
            (_latest, _latestNumber) = (identity, number);
        return number;
    }

    private ushort Find(in Identity identity, bool hasNumber)
    {
        if (_numbers.TryGetValue(identity, out var known))
            return known;
        if (_tunnels.Count > MaximumTunnels)
            return OtherTunnels;

        var number = (ushort)_tunnels.Count;
        var name = hasNumber
            ? string.Create(CultureInfo.InvariantCulture, $"{identity.Kind.ToText()}:{identity.Number}")
            : identity.Kind.ToText();
        var outer = TextOf(identity.Outer);
        _tunnels.Add(new Tunnel(outer is null ? name : $"{outer}/{name}", identity.Digest(DigestOf(identity.Outer))));
        _numbers.Add(identity, number);
        return number;
    }

    private readonly record struct Tunnel(string Text, ulong Digest);

    private readonly record struct Identity(IpAddress Low, IpAddress High, uint Number, VlanTags Vlan, ushort Outer,
        TunnelKind Kind)
    {
        public static Identity Of(in DecodedPacket carrier)
        {
            var inner = carrier.Inner;
            if (inner.HasNumber)
                return new Identity(default, default, inner.Number, carrier.Vlan, carrier.Tunnel, inner.Kind);
            var inOrder = carrier.Source.CompareTo(carrier.Destination) <= 0;
            var (low, high) = inOrder ? (carrier.Source, carrier.Destination) : (carrier.Destination, carrier.Source);
            return new Identity(low, high, 0, carrier.Vlan, carrier.Tunnel, inner.Kind);
        }

        public ulong Digest(ulong outer)
        {
            const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
            var mixed = outer ^ (((ulong)Kind << 32) | Number);
            foreach (var part in (ReadOnlySpan<ulong>)[Low.High, Low.Low, High.High, High.Low,
                ((ulong)Vlan.Outer << 16) | Vlan.Inner])
            {
                mixed = (mixed ^ part) * Multiplier;
                mixed ^= mixed >> 29;
            }

            return mixed;
        }
    }
}
