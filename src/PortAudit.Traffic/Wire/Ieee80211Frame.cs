namespace PortAudit.Traffic.Wire;

/// <summary>The MAC header of an IEEE 802.11 frame (IEEE 802.11-2020 §9.2, §9.3.2), viewed in place. Of frames other
/// than data only the frame control is read.</summary>
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
    private readonly FrameControl _control;

    private Ieee80211Frame(ReadOnlySpan<byte> bytes, FrameControl control)
    {
        _bytes = bytes;
        _control = control;
    }

    /// <summary>True when <paramref name="bytes"/> hold the whole header of a data frame, or the frame control of
    /// another frame, of protocol version 0.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ieee80211Frame frame, out ParseError error) =>
        TryParse(bytes, bytes.Length < FrameControlLength
            ? default
            : new FrameControl(bytes[0], bytes[1], IsSwapped: false), out frame, out error);

    /// <summary>The same for a frame inside CAPWAP: Cisco access points swap both bytes of the control fields (frame,
    /// sequence and QoS). Data frames there go to or from an access point, so a swapped flags byte would show a nonzero
    /// version.</summary>
    public static bool TryParseInEitherOrder(ReadOnlySpan<byte> bytes, out Ieee80211Frame frame,
        out ParseError error) =>
        bytes.Length >= FrameControlLength && (bytes[0] & VersionMask) != 0
            ? TryParse(bytes, new FrameControl(bytes[1], bytes[0], IsSwapped: true), out frame, out error)
            : TryParse(bytes, out frame, out error);

    /// <summary>Length of a data frame's header with fourth address, QoS and HT control if present, 24 to 36; 2 for
    /// other frames. In bytes.</summary>
    public int HeaderLength => LengthOf(_control);

    /// <summary>True for a data frame with data, unlike management, control and null frames (table 9-1).</summary>
    public bool CarriesData => IsDataType(_control) && (_control.Type & NoData) == 0;

    /// <summary>True when the payload of this data frame is encrypted.</summary>
    public bool IsProtected => (_control.Flags & Protected) != 0;

    /// <summary>True when the payload is a later fragment without a header of its own (§9.2.4.4.3).</summary>
    public bool IsLaterFragment => CarriesData && (_bytes[FragmentOffset + _control.LowByte] & FragmentMask) != 0;

    /// <summary>True when the payload is an aggregate of <see cref="AmsduSubframe"/> (§9.2.4.5.9).</summary>
    public bool IsAggregate => CarriesData && IsQos(_control)
        && (_bytes[HeaderLength - ControlsLengthOf(_control) + _control.LowByte] & AmsduPresent) != 0;

    /// <summary>Logical link control for data outside aggregates; <see cref="Wire.EtherType.None"/> for all other
    /// frames.</summary>
    public ushort EtherType => CarriesData && !IsAggregate ? Wire.EtherType.Llc : Wire.EtherType.None;

    /// <summary>The bytes after the header, with the frame check sequence if captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static bool TryParse(ReadOnlySpan<byte> bytes, FrameControl control, out Ieee80211Frame frame,
        out ParseError error)
    {
        frame = default;
        error = Check(bytes, control);
        if (error != ParseError.None)
            return false;
        frame = new Ieee80211Frame(bytes, control);
        return true;
    }

    private static ParseError Check(ReadOnlySpan<byte> bytes, FrameControl control)
    {
        if (bytes.Length < FrameControlLength)
            return bytes is [var first] && (first & VersionMask) != 0 ? ParseError.BadVersion : ParseError.Incomplete;
        if ((control.Type & VersionMask) != 0)
            return ParseError.BadVersion;
        return bytes.Length < LengthOf(control) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(FrameControl control)
    {
        if (!IsDataType(control))
            return FrameControlLength;
        var hasFourAddresses = (control.Flags & BothDistributionSystems) == BothDistributionSystems;
        return ThreeAddressLength + (hasFourAddresses ? AddressLength : 0) + ControlsLengthOf(control);
    }

    // The HT control bit has another meaning in data frames without QoS (§9.2.4.1.10).
    private static int ControlsLengthOf(FrameControl control)
    {
        if (!IsQos(control))
            return 0;
        return (control.Flags & HtControlFollows) != 0 ? QosControlLength + HtControlLength : QosControlLength;
    }

    private static bool IsDataType(FrameControl control) => (control.Type & TypeMask) == DataType;

    private static bool IsQos(FrameControl control) => (control.Type & Qos) != 0;

    /// <summary>The frame control (§9.2.4.1): version, type and subtype, and flags.</summary>
    private readonly record struct FrameControl(byte Type, byte Flags, bool IsSwapped)
    {
        /// <summary>Index of the lower byte of other control fields.</summary>
        public int LowByte => IsSwapped ? 1 : 0;
    }
}
