namespace PortAudit.Traffic.Protocols.Cotp;

/// <summary>Who uses an OSI transport connection.</summary>
internal enum CotpUser
{
    /// <summary>Not known yet: a connection was asked for or granted, in a form that any user might choose.</summary>
    Open,

    /// <summary>Remote Desktop ([MS-RDPBCGR] 1.3.1).</summary>
    Rdp,

    /// <summary>Message transfer by X.400.</summary>
    X400,

    /// <summary>Somebody else: plant control, file transfer, conferencing.</summary>
    Other,
}
