using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PortAudit.Traffic.Capture;

/// <summary>Writes frames of any link types as one pcapng section (draft-ietf-opsawg-pcapng), little-endian. The
/// section's length is left open (§4.1), so that the file is valid with any number of frames. Does not dispose the
/// stream.</summary>
public sealed class PcapngWriter
{
    /// <summary>Longest option text in bytes: what this program's reader keeps of a comment. Longer ones are cut
    /// between characters.</summary>
    public const int MaximumTextLength = CaptureAnnotations.MaximumCommentLength;

    private const uint EnhancedPacket = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const ushort MajorVersion = 1;
    private const long UnknownLength = -1;
    private const ushort HardwareOption = 2;
    private const ushort SystemOption = 3;
    private const ushort ApplicationOption = 4;
    private const ushort NameOption = 2;
    private const ushort DescriptionOption = 3;
    private const ushort ResolutionOption = 9;
    private const ushort FilterOption = 11;
    private const ushort OffsetOption = 14;
    private const int PacketFixedLength = 20;
    private const int NanosecondDigits = 9;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly Stream _stream;
    private readonly List<InterfaceClock> _interfaces = [];
    private readonly ArrayBufferWriter<byte> _options = new();

    /// <summary>Begins the section.</summary>
    /// <param name="stream">Destination.</param>
    /// <param name="writer">Writer of the section (<c>shb_hardware</c>, <c>shb_os</c>, <c>shb_userappl</c>).</param>
    public PcapngWriter(Stream stream, CaptureWriter writer)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(writer);
        _stream = stream;
        Span<byte> head = stackalloc byte[PcapngBlock.SectionFixedLength];
        BinaryPrimitives.WriteUInt32LittleEndian(head, ByteOrderMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], MajorVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], UnknownLength);
        AddText(HardwareOption, writer.Hardware);
        AddText(SystemOption, writer.OperatingSystem);
        AddText(ApplicationOption, writer.Application);
        WriteBlock(PcapngBlock.SectionHeader, head, []);
    }

    /// <summary>Describes an interface (§4.2).</summary>
    /// <param name="described">Name, description, filter, link type, snap length, and decimal digits of a second in its
    /// times, at most 9.</param>
    /// <param name="offsetSeconds">Earliest time in whole seconds (<c>if_tsoffset</c>); 0 for times since 1970.</param>
    /// <returns>Its number for <see cref="Write"/>.</returns>
    public int AddInterface(CaptureInterface described, long offsetSeconds = 0)
    {
        ArgumentNullException.ThrowIfNull(described);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(described.TimestampDigits, NanosecondDigits);
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(head, described.LinkType.Value);
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], described.SnapLength);
        AddText(NameOption, described.Name);
        AddText(DescriptionOption, described.Description);
        AddOption(ResolutionOption, [(byte)described.TimestampDigits]);
        if (described.Filter is { Length: > 0 } filter)
            AddText(FilterOption, $"\0{filter}");
        if (offsetSeconds != 0)
        {
            Span<byte> offset = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(offset, offsetSeconds);
            AddOption(OffsetOption, offset);
        }

        WriteBlock(PcapngBlock.InterfaceDescription, head, []);
        _interfaces.Add(new InterfaceClock(PowerOfTen(NanosecondDigits - described.TimestampDigits), offsetSeconds));
        return _interfaces.Count - 1;
    }

    /// <summary>Writes a frame (§4.3); its time is rounded down to the interface's resolution.</summary>
    /// <param name="interfaceNumber">Number of its interface.</param>
    /// <param name="packet">The frame.</param>
    /// <param name="comments">Its comments (§3.5).</param>
    public void Write(int interfaceNumber, in CapturedPacket packet, IEnumerable<string> comments)
    {
        ArgumentNullException.ThrowIfNull(comments);
        var time = _interfaces[interfaceNumber].UnitsOf(packet.TimestampNs);
        Span<byte> head = stackalloc byte[PacketFixedLength];
        BinaryPrimitives.WriteInt32LittleEndian(head, interfaceNumber);
        WriteTime(head[4..], time);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], packet.Bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], packet.OriginalLength);
        foreach (var comment in comments)
            AddText(PcapngBlock.CommentOption, comment);
        WriteBlock(EnhancedPacket, head, packet.Bytes);
    }

    /// <summary>Length of the block of a frame without comments.</summary>
    internal static int LengthOf(in CapturedPacket packet) =>
        PcapngBlock.MinimumLength + PacketFixedLength + packet.Bytes.Length + Padding(packet.Bytes.Length);

    /// <summary>Writes the counters of an interface (§4.6); null ones are omitted.</summary>
    /// <param name="interfaceNumber">Number of the interface.</param>
    /// <param name="statistics">Its counters, except packets lost between packets, which the block has no field
    /// for.</param>
    /// <param name="firstNs">Start of counting (<c>isb_starttime</c>), in nanoseconds since the Unix epoch.</param>
    /// <param name="lastNs">End of counting (<c>isb_endtime</c>).</param>
    internal void WriteStatistics(int interfaceNumber, InterfaceStatistics statistics, long firstNs, long lastNs)
    {
        var clock = _interfaces[interfaceNumber];
        Span<byte> head = stackalloc byte[PcapngStatistics.FixedLength];
        BinaryPrimitives.WriteInt32LittleEndian(head, interfaceNumber);
        WriteTime(head[4..], clock.UnitsOf(lastNs));
        Span<byte> time = stackalloc byte[sizeof(ulong)];
        WriteTime(time, clock.UnitsOf(firstNs));
        AddOption(PcapngStatistics.StartOption, time);
        AddOption(PcapngStatistics.EndOption, head[4..]);
        AddCount(PcapngStatistics.ReceivedOption, statistics.Received);
        AddCount(PcapngStatistics.InterfaceDropsOption, statistics.DroppedByInterface);
        AddCount(PcapngStatistics.AcceptedOption, statistics.Accepted);
        AddCount(PcapngStatistics.SystemDropsOption, statistics.DroppedBySystem);
        AddCount(PcapngStatistics.DeliveredOption, statistics.Delivered);
        WriteBlock(PcapngBlock.InterfaceStatistics, head, []);
    }

    /// <summary>The two halves of a timestamp, upper half first (§4.3).</summary>
    private static void WriteTime(Span<byte> bytes, ulong units)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(units >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], (uint)units);
    }

    private void WriteBlock(uint type, ReadOnlySpan<byte> head, ReadOnlySpan<byte> bytes)
    {
        if (_options.WrittenCount > 0)
            AddOption(0, []);
        var padding = Padding(bytes.Length);
        Span<byte> ends = stackalloc byte[PcapngBlock.LeadLength];
        BinaryPrimitives.WriteUInt32LittleEndian(ends, type);
        BinaryPrimitives.WriteInt32LittleEndian(ends[4..],
            PcapngBlock.MinimumLength + head.Length + bytes.Length + padding + _options.WrittenCount);
        _stream.Write(ends);
        _stream.Write(head);
        _stream.Write(bytes);
        _stream.Write("\0\0\0"u8[..padding]);
        _stream.Write(_options.WrittenSpan);
        _stream.Write(ends[4..]);
        _options.ResetWrittenCount();
    }

    private void AddText(ushort code, string? text)
    {
        if (text is not { Length: > 0 })
            return;
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(bytes.Length, MaximumTextLength);
        while (length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
            length--;
        AddOption(code, bytes.AsSpan(0, length));
    }

    private void AddCount(ushort code, long? count)
    {
        if (count is not { } known)
            return;
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, known);
        AddOption(code, bytes);
    }

    private void AddOption(ushort code, ReadOnlySpan<byte> value)
    {
        Span<byte> lead = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(lead, code);
        BinaryPrimitives.WriteUInt16LittleEndian(lead[2..], (ushort)value.Length);
        _options.Write(lead);
        _options.Write(value);
        _options.Write("\0\0\0"u8[..Padding(value.Length)]);
    }

    private static int Padding(int length) => -length & 3;

    private static long PowerOfTen(int exponent)
    {
        long power = 1;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    /// <summary>Unit and offset of an interface's times.</summary>
    private readonly record struct InterfaceClock(long UnitNs, long OffsetSeconds)
    {
        /// <summary>Times before the offset are written as the offset.</summary>
        public ulong UnitsOf(long timestampNs)
        {
            var sinceNs = (Int128)timestampNs - ((Int128)OffsetSeconds * NanosecondsPerSecond);
            return sinceNs < 0 ? 0 : (ulong)(sinceNs / UnitNs);
        }
    }
}
