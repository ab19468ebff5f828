namespace PortAudit.Traffic.Protocols.Ldap;

/// <summary>Operations of LDAP by their application tags (RFC 4511 §4.2 to §4.13).</summary>
internal enum LdapOperation : byte
{
    /// <summary>None so far.</summary>
    None = 0,

    /// <summary>UnbindRequest, a NULL.</summary>
    Unbind = 0x42,

    /// <summary>DelRequest, a name alone.</summary>
    Delete = 0x4A,

    /// <summary>AbandonRequest, a message id alone.</summary>
    Abandon = 0x50,

    /// <summary>BindRequest.</summary>
    Bind = 0x60,

    /// <summary>BindResponse.</summary>
    BindResponse = 0x61,

    /// <summary>SearchRequest.</summary>
    Search = 0x63,

    /// <summary>SearchResultEntry.</summary>
    SearchEntry = 0x64,

    /// <summary>SearchResultDone.</summary>
    SearchDone = 0x65,

    /// <summary>ModifyRequest.</summary>
    Modify = 0x66,

    /// <summary>ModifyResponse.</summary>
    ModifyResponse = 0x67,

    /// <summary>AddRequest.</summary>
    Add = 0x68,

    /// <summary>AddResponse.</summary>
    AddResponse = 0x69,

    /// <summary>DelResponse.</summary>
    DeleteResponse = 0x6B,

    /// <summary>ModifyDNRequest.</summary>
    Rename = 0x6C,

    /// <summary>ModifyDNResponse.</summary>
    RenameResponse = 0x6D,

    /// <summary>CompareRequest.</summary>
    Compare = 0x6E,

    /// <summary>CompareResponse.</summary>
    CompareResponse = 0x6F,

    /// <summary>SearchResultReference.</summary>
    SearchReference = 0x73,

    /// <summary>ExtendedRequest.</summary>
    Extended = 0x77,

    /// <summary>ExtendedResponse.</summary>
    ExtendedResponse = 0x78,

    /// <summary>IntermediateResponse.</summary>
    Intermediate = 0x79,
}
