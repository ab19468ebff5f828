namespace PortAudit.Traffic.Protocols.Cotp;

/// <summary>User of an OSI transport connection.</summary>
internal enum CotpUser
{
    /// <summary>Unknown: connection requested or confirmed in a form that any user may choose.</summary>
    Open,

    /// <summary>Remote Desktop ([MS-RDPBCGR] 1.3.1).</summary>
    Rdp,

    /// <summary>X.400 message transfer.</summary>
    X400,

    /// <summary>Siemens' S7 controllers.</summary>
    S7,

    /// <summary>The same, in the form of newer ones.</summary>
    S7Plus,

    /// <summary>Another: substation control, file transfer, conferencing.</summary>
    Other,
}
