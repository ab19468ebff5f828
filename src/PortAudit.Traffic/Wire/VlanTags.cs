using System.Globalization;

namespace PortAudit.Traffic.Wire;

/// <summary>The VLAN identifiers of a frame (IEEE 802.1Q §9.6), outermost first. At most two are kept; deeper tags are
/// skipped.</summary>
public readonly record struct VlanTags
{
    /// <summary>An untagged frame.</summary>
    public static readonly VlanTags None;

    private const int OuterShift = 16;

    /// <summary>Tags from their identifiers plus one, 0 without a tag.</summary>
    public VlanTags(ushort outer, ushort inner) => Bits = ((uint)outer << OuterShift) | inner;

    /// <summary>Identifier of the outermost tag plus one, 0 without a tag.</summary>
    public ushort Outer => (ushort)(Bits >> OuterShift);

    /// <summary>Identifier of the second tag plus one, 0 without one.</summary>
    public ushort Inner => (ushort)Bits;

    /// <summary>Both in one number, the outer one in the upper half, for flow keys.</summary>
    internal uint Bits { get; private init; }

    /// <summary>The tags with these <see cref="Bits"/>.</summary>
    internal static VlanTags FromBits(uint bits) => new() { Bits = bits };

    /// <inheritdoc />
    public bool Equals(VlanTags other) => Bits == other.Bits;

    /// <inheritdoc />
    public override int GetHashCode() => (int)Bits;

    /// <summary>These tags with one more inside.</summary>
    /// <param name="identifier">VLAN identifier, 0 to 4095.</param>
    public VlanTags Push(ushort identifier) => Join((ushort)(identifier + 1));

    /// <summary>These tags with one more inside, stored as in <see cref="Outer"/>: 0 for none.</summary>
    internal VlanTags Join(ushort stored)
    {
        if (Outer == 0)
            return new VlanTags(stored, 0);
        return Inner == 0 ? new VlanTags(Outer, stored) : this;
    }

    /// <summary>The identifiers separated by a dot, outermost first; empty without a tag.</summary>
    public override string ToString() => (Outer, Inner) switch
    {
        (0, _) => "",
        (_, 0) => (Outer - 1).ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Outer - 1}.{Inner - 1}"),
    };
}
