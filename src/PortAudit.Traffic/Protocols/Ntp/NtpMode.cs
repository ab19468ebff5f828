namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>Mode of an NTP message (RFC 5905 §7.3, figure 10). Control messages have another format.</summary>
internal enum NtpMode
{
    /// <summary>Not used.</summary>
    Reserved = 0,

    /// <summary>A peer that polls.</summary>
    SymmetricActive = 1,

    /// <summary>A peer that responds.</summary>
    SymmetricPassive = 2,

    /// <summary>Client request.</summary>
    Client = 3,

    /// <summary>Server reply.</summary>
    Server = 4,

    /// <summary>Unsolicited time.</summary>
    Broadcast = 5,

    /// <summary>A control message (RFC 9327).</summary>
    Control = 6,

    /// <summary>Private use.</summary>
    Private = 7,
}
