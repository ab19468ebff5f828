namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>The information elements that are read (IANA "IPFIX Information Elements"; NetFlow v9 shares their numbers,
/// RFC 3954 §8). Values are fewer than 64, so that a word says which a record has.</summary>
internal enum ExportField : byte
{
    None, Octets, Packets, TotalOctets, TotalPackets, PostOctets, PostPackets, Protocol, Flags, SourcePort, Source4,
    InputInterface, DestinationPort, Destination4, OutputInterface, LastUptime, FirstUptime, Source6, Destination6,
    IcmpTypeCode, IcmpType, IcmpCode, Vlan, CustomerVlan, Direction, StartSeconds, EndSeconds, StartMs, EndMs, StartUs,
    EndUs, StartNs, EndNs, StartBeforeUs, EndBeforeUs, DurationMs, DurationUs, InitTimeMs, EventTimeMs, EventSeconds,
    BiflowDirection, FirewallEvent, ExtendedEvent, FlowId, InitiatorOctets, ResponderOctets, InitiatorPackets,
    ResponderPackets, IngressAcl, EgressAcl, SamplingInterval, SampledPackets, SkippedPackets, ReverseOctets,
    ReversePackets, ReverseFlags, FirstFlags, LaterFlags, ReverseFirstFlags, ReverseLaterFlags, ReverseDelayMs,
}

/// <summary>Numbers of the information elements.</summary>
internal static class ExportFields
{
    /// <summary>Private enterprise number of reverse elements (RFC 5103 §6.1).</summary>
    public const uint ReversePen = 29305;

    /// <summary>Private enterprise number of CERT, whose YAF says which flags came first
    /// (https://tools.netsa.cert.org/yaf/yaf.html, "YAF information elements").</summary>
    private const uint CertPen = 6871;

    /// <summary>The element of a number; <see cref="ExportField.None"/> for one that is not read.</summary>
    /// <param name="enterprise">Private enterprise number; 0 for the registered elements.</param>
    /// <param name="number">Number, without the bit that says that an enterprise number follows.</param>
    public static ExportField Of(uint enterprise, int number) => enterprise switch
    {
        0 => OfRegistered(number),
        ReversePen => OfReverse(number),
        CertPen => OfCert(number),
        _ => ExportField.None,
    };

    private static ExportField OfReverse(int number) => number switch
    {
        1 or 85 => ExportField.ReverseOctets,
        2 or 86 => ExportField.ReversePackets,
        6 => ExportField.ReverseFlags,
        _ => ExportField.None,
    };

    private static ExportField OfCert(int number) => number switch
    {
        14 => ExportField.FirstFlags,
        15 => ExportField.LaterFlags,
        21 => ExportField.ReverseDelayMs,
        16398 => ExportField.ReverseFirstFlags,
        16399 => ExportField.ReverseLaterFlags,
        _ => ExportField.None,
    };

    private static ExportField OfRegistered(int number) => number switch
    {
        1 => ExportField.Octets,
        2 => ExportField.Packets,
        4 => ExportField.Protocol,
        6 => ExportField.Flags,
        7 or 180 or 182 => ExportField.SourcePort,
        8 => ExportField.Source4,
        10 => ExportField.InputInterface,
        11 or 181 or 183 => ExportField.DestinationPort,
        12 => ExportField.Destination4,
        14 => ExportField.OutputInterface,
        21 => ExportField.LastUptime,
        22 => ExportField.FirstUptime,
        23 => ExportField.PostOctets,
        24 => ExportField.PostPackets,
        27 => ExportField.Source6,
        28 => ExportField.Destination6,
        32 or 139 => ExportField.IcmpTypeCode,
        34 or 50 => ExportField.SamplingInterval,
        58 or 243 => ExportField.Vlan,
        61 => ExportField.Direction,
        85 => ExportField.TotalOctets,
        86 => ExportField.TotalPackets,
        _ => OfLater(number),
    };

    private static ExportField OfLater(int number) => number switch
    {
        148 => ExportField.FlowId,
        150 => ExportField.StartSeconds,
        151 => ExportField.EndSeconds,
        152 => ExportField.StartMs,
        153 => ExportField.EndMs,
        154 => ExportField.StartUs,
        155 => ExportField.EndUs,
        156 => ExportField.StartNs,
        157 => ExportField.EndNs,
        158 => ExportField.StartBeforeUs,
        159 => ExportField.EndBeforeUs,
        160 => ExportField.InitTimeMs,
        161 => ExportField.DurationMs,
        162 => ExportField.DurationUs,
        176 or 178 => ExportField.IcmpType,
        177 or 179 => ExportField.IcmpCode,
        231 => ExportField.InitiatorOctets,
        232 => ExportField.ResponderOctets,
        233 or 40005 => ExportField.FirewallEvent,
        239 => ExportField.BiflowDirection,
        245 => ExportField.CustomerVlan,
        298 => ExportField.InitiatorPackets,
        299 => ExportField.ResponderPackets,
        305 => ExportField.SampledPackets,
        306 => ExportField.SkippedPackets,
        322 => ExportField.EventSeconds,
        323 => ExportField.EventTimeMs,
        33000 => ExportField.IngressAcl,
        33001 => ExportField.EgressAcl,
        33002 => ExportField.ExtendedEvent,
        _ => ExportField.None,
    };
}
