namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>Types of Kerberos messages (RFC 4120 §7.5.7); TGT requests and replies are those of user-to-user
/// authentication ([MS-KILE] 3.1.5.12).</summary>
internal enum KerberosMessageType
{
    /// <summary>KRB-AS-REQ.</summary>
    AsRequest = 10,

    /// <summary>KRB-AS-REP.</summary>
    AsReply = 11,

    /// <summary>KRB-TGS-REQ.</summary>
    TgsRequest = 12,

    /// <summary>KRB-TGS-REP.</summary>
    TgsReply = 13,

    /// <summary>KRB-AP-REQ.</summary>
    ApRequest = 14,

    /// <summary>KRB-AP-REP.</summary>
    ApReply = 15,

    /// <summary>KERB-TGT-REQUEST.</summary>
    TgtRequest = 16,

    /// <summary>KERB-TGT-REPLY.</summary>
    TgtReply = 17,

    /// <summary>KRB-SAFE.</summary>
    Safe = 20,

    /// <summary>KRB-PRIV.</summary>
    Private = 21,

    /// <summary>KRB-CRED.</summary>
    Credentials = 22,

    /// <summary>KRB-ERROR.</summary>
    Error = 30,
}
