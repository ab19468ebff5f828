using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>The options of a TCP segment that opens a connection, viewed in place: those that devices on the way
/// change. A damaged option ends the reading; what stands before it holds.</summary>
internal readonly record struct TcpOptions
{
    private const byte EndOfList = 0;
    private const byte Padding = 1;
    private const byte MaximumSegmentSizeKind = 2;
    private const byte WindowScaleKind = 3;
    private const byte SackPermittedKind = 4;
    private const byte TimestampsKind = 8;

    /// <summary>Largest segment that the sender takes, in bytes (RFC 9293 §3.7.1); null without the option.</summary>
    public ushort? MaximumSegmentSize { get; private init; }

    /// <summary>Bits by which its windows are shifted (RFC 7323 §2.2); null without the option.</summary>
    public byte? WindowScale { get; private init; }

    /// <summary>True when it takes selective acknowledgments (RFC 2018 §2).</summary>
    public bool PermitsSack { get; private init; }

    /// <summary>Its clock in the timestamp option (RFC 7323 §3.2); null without the option.</summary>
    public uint? Timestamp { get; private init; }

    /// <summary>Reads options.</summary>
    /// <param name="bytes">What stands between the fixed header and the payload.</param>
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
