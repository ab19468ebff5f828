using System.Collections.Immutable;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>Which column holds which field: by a header, or the layout of lines without one.</summary>
internal sealed class AwsLayout
{
    /// <summary>Columns of a line that are told apart: AWS has some 60 fields.</summary>
    public const int MaximumColumns = 128;

    private const string Default =
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action "
            + "log-status";

    /// <summary>The default format, version 2.</summary>
    private static readonly AwsLayout Version2 = Of(Default, mayBeLonger: true);

    /// <summary>All fields up to version 5, in the order of the documentation.</summary>
    private static readonly AwsLayout Version5 = Of(Default + " vpc-id subnet-id instance-id tcp-flags type "
        + "pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service "
        + "pkt-dst-aws-service flow-direction traffic-path", mayBeLonger: true);

    /// <summary>The default format of transit gateways.</summary>
    private static readonly AwsLayout TransitGateway = Of("version resource-type account-id tgw-id tgw-attachment-id "
        + "tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id "
        + "tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr "
        + "dstaddr srcport dstport protocol packets bytes start end log-status type packets-lost-no-route "
        + "packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired tcp-flags region flow-direction "
        + "pkt-src-aws-service pkt-dst-aws-service", mayBeLonger: false);

    private static readonly ImmutableArray<AwsField> Needed =
    [
        AwsField.SourceAddress, AwsField.DestinationAddress, AwsField.SourcePort, AwsField.DestinationPort,
        AwsField.Protocol, AwsField.Start,
    ];

    private readonly int[] _columns = new int[AwsFields.Count];

    private AwsLayout(byte separator, bool mayBeLonger)
    {
        (Separator, MayBeLonger) = (separator, mayBeLonger);
        Array.Fill(_columns, -1);
    }

    /// <summary>What stands between two values: a blank, or a comma in tables that were exported.</summary>
    public byte Separator { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; private set; }

    /// <summary>True when more columns may follow, whose fields no header names.</summary>
    public bool MayBeLonger { get; }

    /// <summary>The first field without which no flow can be made; null when all are there.</summary>
    public AwsField? Lacks
    {
        get
        {
            foreach (var needed in Needed)
            {
                if (this[needed] < 0 && !IsInPacket(needed))
                    return needed;
            }

            return null;
        }
    }

    /// <summary>Number of a field's column; -1 when it has none.</summary>
    public int this[AwsField field] => _columns[(int)field];

    /// <summary>Reads a header; null for a line that is none.</summary>
    public static AwsLayout? TryRead(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || char.IsAsciiDigit((char)line[0]))
            return null;
        var separator = line.Contains((byte)' ') ? (byte)' ' : (byte)',';
        var layout = new AwsLayout(separator, mayBeLonger: false);
        var own = 0;
        foreach (var part in line.Split(separator))
        {
            if (layout.Columns == MaximumColumns)
                return null;
            if (AwsFields.Find(line[part], out var isOwn) is { } field && layout[field] < 0)
                layout._columns[(int)field] = layout.Columns;
            own += isOwn ? 1 : 0;
            layout.Columns++;
        }

        return own >= 2 ? layout : null;
    }

    /// <summary>The layout of a line without a header; null for one that is no record of AWS.</summary>
    public static AwsLayout? TryGuess(ReadOnlySpan<byte> line)
    {
        Span<Range> columns = stackalloc Range[MaximumColumns];
        var count = Split(line, (byte)' ', columns);
        if (count < Version2.Columns || line[columns[0]] is not [>= (byte)'2' and <= (byte)'9'])
            return null;
        if (count == TransitGateway.Columns && line[columns[3]].StartsWith("tgw-"u8))
            return TransitGateway;
        if (!IsStatus(line[columns[13]]) || !IsAction(line[columns[12]]))
            return null;
        return count >= Version5.Columns && line[columns[18]] is var type
            && (type.SequenceEqual("IPv4"u8) || type.SequenceEqual("IPv6"u8)) ? Version5 : Version2;
    }

    /// <summary>Splits a line. Returns the number of columns, or 0 for too many.</summary>
    public static int Split(ReadOnlySpan<byte> line, byte separator, Span<Range> columns)
    {
        var count = 0;
        foreach (var part in line.Split(separator))
        {
            if (count == columns.Length)
                return 0;
            columns[count++] = part;
        }

        return count;
    }

    private static bool IsStatus(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("OK"u8) || text.SequenceEqual("NODATA"u8) || text.SequenceEqual("SKIPDATA"u8);

    private static bool IsAction(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("ACCEPT"u8) || text.SequenceEqual("REJECT"u8) || text.SequenceEqual("-"u8);

    private static AwsLayout Of(string header, bool mayBeLonger)
    {
        var layout = new AwsLayout((byte)' ', mayBeLonger);
        foreach (var name in header.Split(' '))
        {
            if (AwsFields.Find(System.Text.Encoding.ASCII.GetBytes(name), out _) is { } field)
                layout._columns[(int)field] = layout.Columns;
            layout.Columns++;
        }

        return layout;
    }

    private bool IsInPacket(AwsField field) => field switch
    {
        AwsField.SourceAddress => this[AwsField.PacketSourceAddress] >= 0,
        AwsField.DestinationAddress => this[AwsField.PacketDestinationAddress] >= 0,
        _ => false,
    };
}
