namespace PortAudit.Traffic.Wire;

/// <summary>The MAC header of an IEEE 802.11 frame (IEEE 802.11-2020 §9.2, §9.3.2), viewed in place. Of frames other than data only the frame control is looked at.</summary>
internal readonly ref struct Ieee80211Frame : ILinkHeader<Ieee80211Frame>
{
    private const int FrameControlLength = 2;
    // Frame control, duration, three addresses and sequence control.
    private const int ThreeAddressLength = 24;
    private const int AddressLength = 6;
    private const int QosControlLength = 2;
    private const int HtControlLength = 4;
    private const int FragmentOffset = 22;
    private const byte FragmentMask = 0x0F;
    private const byte VersionMask = 0x03;
    private const byte TypeMask = 0x0C;
    private const byte DataType = 0x08;
    private const byte NoData = 0x40;
    private const byte Qos = 0x80;
    private const byte BothDistributionSystems = 0x03;
    private const byte Protected = 0x40;
    private const byte HtControlFollows = 0x80;
    private const byte AmsduPresent = 0x80;

    private readonly ReadOnlySpan<byte> _bytes;

    private Ieee80211Frame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the whole header of a data frame, or the frame control of another, of protocol version 0.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ieee80211Frame frame, out ParseError error)
    {
        frame = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        frame = new Ieee80211Frame(bytes);
        return true;
    }

    /// <summary>Length of the header of a data frame with its fourth address, QoS and HT control where it has them, 24 to 36; 2 for other frames. In bytes.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>True for a data frame that carries data: management and control frames and the null frames do not (table 9-1).</summary>
    public bool CarriesData => IsDataType(_bytes) && (_bytes[0] & NoData) == 0;

    /// <summary>True when the payload of this data frame is encrypted.</summary>
    public bool IsProtected => (_bytes[1] & Protected) != 0;

    /// <summary>True when the payload is a later part of a divided one, and begins with no header (§9.2.4.4.3).</summary>
    public bool IsLaterFragment => CarriesData && (_bytes[FragmentOffset] & FragmentMask) != 0;

    /// <summary>True when the payload is several of them, each as an <see cref="AmsduSubframe"/> (§9.2.4.5.9).</summary>
    public bool IsAggregate => CarriesData && IsQos(_bytes) && (_bytes[HeaderLength - ControlsLengthOf(_bytes)] & AmsduPresent) != 0;

    /// <summary>Logical link control for data that is no aggregate; <see cref="Wire.EtherType.None"/> for all other frames.</summary>
    public ushort EtherType => CarriesData && !IsAggregate ? Wire.EtherType.Llc : Wire.EtherType.None;

    /// <summary>What follows the header, with the frame check sequence if it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [var control, ..] && (control & VersionMask) != 0)
            return ParseError.BadVersion;
        return bytes.Length < FrameControlLength || bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (!IsDataType(bytes))
            return FrameControlLength;
        var hasFourAddresses = (bytes[1] & BothDistributionSystems) == BothDistributionSystems;
        return ThreeAddressLength + (hasFourAddresses ? AddressLength : 0) + ControlsLengthOf(bytes);
    }

    // The bit of HT control says something else in data frames without QoS (§9.2.4.1.10).
    private static int ControlsLengthOf(ReadOnlySpan<byte> bytes)
    {
        if (!IsQos(bytes))
            return 0;
        return (bytes[1] & HtControlFollows) != 0 ? QosControlLength + HtControlLength : QosControlLength;
    }

    private static bool IsDataType(ReadOnlySpan<byte> bytes) => (bytes[0] & TypeMask) == DataType;

    private static bool IsQos(ReadOnlySpan<byte> bytes) => (bytes[0] & Qos) != 0;
}
