namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>In which role the sender of an NTP message speaks (RFC 5905 §7.3, figure 10). Control messages have another
/// format.</summary>
internal enum NtpMode
{
    /// <summary>Not used.</summary>
    Reserved = 0,

    /// <summary>A peer that speaks of its own accord.</summary>
    SymmetricActive = 1,

    /// <summary>A peer that answers one.</summary>
    SymmetricPassive = 2,

    /// <summary>Asks.</summary>
    Client = 3,

    /// <summary>Answers.</summary>
    Server = 4,

    /// <summary>Tells the time unasked.</summary>
    Broadcast = 5,

    /// <summary>A control message (RFC 9327).</summary>
    Control = 6,

    /// <summary>Private use.</summary>
    Private = 7,
}
