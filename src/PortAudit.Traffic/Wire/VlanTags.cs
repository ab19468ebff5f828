using System.Globalization;

namespace PortAudit.Traffic.Wire;

/// <summary>The VLAN identifiers of a frame (IEEE 802.1Q §9.6), outermost first. At most two are kept; deeper tags are
/// skipped over.</summary>
public readonly record struct VlanTags
{
    /// <summary>An untagged frame.</summary>
    public static readonly VlanTags None;

    private const int OuterShift = 16;

    /// <summary>Makes tags of their identifiers.</summary>
    /// <param name="outer">Identifier of the outermost tag plus one, 0 without a tag.</param>
    /// <param name="inner">Identifier of the second tag plus one, 0 without one.</param>
    public VlanTags(ushort outer, ushort inner) => Bits = ((uint)outer << OuterShift) | inner;

    /// <summary>Identifier of the outermost tag plus one, 0 without a tag.</summary>
    public ushort Outer => (ushort)(Bits >> OuterShift);

    /// <summary>Identifier of the second tag plus one, 0 without one.</summary>
    public ushort Inner => (ushort)Bits;

    /// <summary>Both in one number, the outer one in its upper half: a part of each packet's key.</summary>
    internal uint Bits { get; private init; }

    /// <summary>The tags whose <see cref="Bits"/> these are.</summary>
    internal static VlanTags FromBits(uint bits) => new() { Bits = bits };

    /// <inheritdoc />
    public bool Equals(VlanTags other) => Bits == other.Bits;

    /// <inheritdoc />
    public override int GetHashCode() => (int)Bits;

    /// <summary>These tags with one more inside.</summary>
    /// <param name="identifier">VLAN identifier, 0 to 4095.</param>
    public VlanTags Push(ushort identifier) => Join((ushort)(identifier + 1));

    /// <summary>These tags with one more inside, which is held as in <see cref="Outer"/>: none when it is 0.</summary>
    internal VlanTags Join(ushort stored)
    {
        if (Outer == 0)
            return new VlanTags(stored, 0);
        return Inner == 0 ? new VlanTags(Outer, stored) : this;
    }

    /// <summary>The identifiers parted by a dot, outermost first; empty without a tag.</summary>
    public override string ToString() => (Outer, Inner) switch
    {
        (0, _) => "",
        (_, 0) => (Outer - 1).ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Outer - 1}.{Inner - 1}"),
    };
}
