using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>Options of a TCP SYN or SYN-ACK that devices may change. Reading ends at a malformed option, keeping those
/// before.</summary>
internal readonly record struct TcpOptions
{
    private const byte EndOfList = 0;
    private const byte Padding = 1;
    private const byte MaximumSegmentSizeKind = 2;
    private const byte WindowScaleKind = 3;
    private const byte SackPermittedKind = 4;
    private const byte TimestampsKind = 8;

    /// <summary>Maximum segment size, in bytes (RFC 9293 §3.7.1); null without the option.</summary>
    public ushort? MaximumSegmentSize { get; private init; }

    /// <summary>Window shift count (RFC 7323 §2.2); null without the option.</summary>
    public byte? WindowScale { get; private init; }

    /// <summary>True when selective acknowledgments are permitted (RFC 2018 §2).</summary>
    public bool PermitsSack { get; private init; }

    /// <summary>Value of the timestamp option (RFC 7323 §3.2); null without it.</summary>
    public uint? Timestamp { get; private init; }

    public static TcpOptions Read(ReadOnlySpan<byte> bytes)
    {
        var options = default(TcpOptions);
        while (bytes.Length > 0 && bytes[0] != EndOfList)
        {
            if (bytes[0] == Padding)
            {
                bytes = bytes[1..];
                continue;
            }

            if (bytes.Length < 2 || bytes[1] < 2 || bytes[1] > bytes.Length)
                break;
            options = options.With(bytes[0], bytes[2..bytes[1]]);
            bytes = bytes[bytes[1]..];
        }

        return options;
    }

    private TcpOptions With(byte kind, ReadOnlySpan<byte> value) => (kind, value.Length) switch
    {
        (MaximumSegmentSizeKind, 2) => this with { MaximumSegmentSize = BinaryPrimitives.ReadUInt16BigEndian(value) },
        (WindowScaleKind, 1) => this with { WindowScale = value[0] },
        (SackPermittedKind, 0) => this with { PermitsSack = true },
        (TimestampsKind, 8) => this with { Timestamp = BinaryPrimitives.ReadUInt32BigEndian(value) },
        _ => this,
    };
}
