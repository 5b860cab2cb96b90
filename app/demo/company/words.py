"""The words that the demo company and the benchmark data are made of. Every company and person is invented."""

PEOPLE = (
    ("admin", "周敏", "zhou.min", "head"),
    ("executive", "林建国", "lin.jianguo", "head"),
    ("supervisor", "陈晓东", "chen.xiaodong", "one"),
    ("supervisor", "王丽华", "wang.lihua", "two"),
    ("manager", "张明", "zhang.ming", "one"),
    ("manager", "李娜", "li.na", "one"),
    ("manager", "刘洋", "liu.yang", "one"),
    ("manager", "赵磊", "zhao.lei", "one"),
    ("manager", "孙悦", "sun.yue", "two"),
    ("manager", "周涛", "zhou.tao", "two"),
    ("manager", "吴静", "wu.jing", "two"),
    ("manager", "郑凯", "zheng.kai", "two"),
)
"""Role, name, log-in name, department; the last one has left and is disabled, with work still open."""
DEPARTMENTS = {"head": "云启科技", "one": "销售一部", "two": "销售二部"}

COMPETITORS = (
    ("hengtong", "恒通软件", "Hengtong Software"),
    ("beichen", "北辰信息", "Beichen Information"),
    ("lanhai", "蓝海科技", "Lanhai Technology"),
)
"""Item, name and English name of those that the demo company meets."""
FORMER = ("yuanjing", "远景数码", "Yuanjing Digital")
"""One that it meets no more."""
STRATEGIES = {
    "hengtong": "报价低，实施靠代理商。先谈总拥有成本和实施案例，不单独拼价格。",
    "beichen": "与大客户信息部门关系深。尽早见到业务部门，用试点说话。",
    "lanhai": "云产品上手快，定制能力弱。突出本地部署和二次开发。",
}
"""How each sells, and what to do about it."""
RIVAL_PRODUCTS = {
    "hengtong": (
        ("恒通协同 9", 76000, "价格低，模板多", "移动端弱，二次开发要另外收费", "企业协同平台"),
        ("恒通客服云", 99000, "上线快", "报表固定，不能自定义", "客户服务系统"),
    ),
    "beichen": (
        ("北辰数据中台", 320000, "大客户案例多", "实施周期长，价格高", "数据分析平台"),
        ("北辰呼叫中心", 175000, "线路稳定", "与客户资料不打通", "呼叫中心系统"),
    ),
    "lanhai": (
        ("蓝海移动办公", 49000, "界面简洁，按月付费", "不支持本地部署", "移动办公套件"),
        ("蓝海云会议", 12800, "画质好", "不兼容老设备", "视频会议终端"),
    ),
}
"""By item: name, price, strengths, weaknesses, and the product of ours that answers it."""

PLACES = (
    ("北京", "beijing", "bj", "north", "110000"), ("天津", "tianjin", "tj", "north", "120000"),
    ("石家庄", "shijiazhuang", "sjz", "north", "130100"), ("太原", "taiyuan", "ty", "north", "140100"),
    ("沈阳", "shenyang", "sy", "northeast", "210100"), ("大连", "dalian", "dl", "northeast", "210200"),
    ("长春", "changchun", "cc", "northeast", "220100"), ("哈尔滨", "haerbin", "heb", "northeast", "230100"),
    ("上海", "shanghai", "sh", "east", "310000"), ("南京", "nanjing", "nj", "east", "320100"),
    ("苏州", "suzhou", "sz", "east", "320500"), ("无锡", "wuxi", "wx", "east", "320200"),
    ("杭州", "hangzhou", "hz", "east", "330100"), ("宁波", "ningbo", "nb", "east", "330200"),
    ("合肥", "hefei", "hf", "east", "340100"), ("厦门", "xiamen", "xm", "east", "350200"),
    ("济南", "jinan", "jn", "east", "370100"), ("青岛", "qingdao", "qd", "east", "370200"),
    ("郑州", "zhengzhou", "zz", "central", "410100"), ("武汉", "wuhan", "wh", "central", "420100"),
    ("长沙", "changsha", "cs", "central", "430100"), ("广州", "guangzhou", "gz", "south", "440100"),
    ("深圳", "shenzhen", "sz", "south", "440300"), ("东莞", "dongguan", "dg", "south", "441900"),
    ("南宁", "nanning", "nn", "south", "450100"), ("重庆", "chongqing", "cq", "southwest", "500000"),
    ("成都", "chengdu", "cd", "southwest", "510100"), ("昆明", "kunming", "km", "southwest", "530100"),
    ("西安", "xian", "xa", "northwest", "610100"), ("兰州", "lanzhou", "lz", "northwest", "620100"),
)  # fmt: skip
"""Name, pinyin, initials, region, the six digits of its administrative code."""

FIRST = (
    ("云", "yun", "y"), ("智", "zhi", "z"), ("恒", "heng", "h"), ("鼎", "ding", "d"), ("瑞", "rui", "r"),
    ("博", "bo", "b"), ("华", "hua", "h"), ("天", "tian", "t"), ("联", "lian", "l"), ("汇", "hui", "h"),
    ("凌", "ling", "l"), ("星", "xing", "x"), ("海", "hai", "h"), ("东", "dong", "d"), ("新", "xin", "x"),
    ("安", "an", "a"), ("百", "bai", "b"), ("宏", "hong", "h"), ("锦", "jin", "j"), ("远", "yuan", "y"),
)  # fmt: skip
SECOND = (
    ("帆", "fan", "f"), ("辰", "chen", "c"), ("通", "tong", "t"), ("泰", "tai", "t"), ("诚", "cheng", "c"),
    ("拓", "tuo", "t"), ("源", "yuan", "y"), ("达", "da", "d"), ("创", "chuang", "c"), ("信", "xin", "x"),
    ("腾", "teng", "t"), ("科", "ke", "k"), ("维", "wei", "w"), ("德", "de", "d"), ("盛", "sheng", "s"),
    ("迅", "xun", "x"), ("航", "hang", "h"), ("禾", "he", "h"), ("润", "run", "r"), ("越", "yue", "y"),
)  # fmt: skip
TRADES = (
    ("机械制造", "jixiezhizao", "jxzz", "manufacturing"), ("精密仪器", "jingmiyiqi", "jmyq", "manufacturing"),
    ("电子科技", "dianzikeji", "dzkj", "manufacturing"), ("汽车零部件", "qichelingbujian", "qclbj", "manufacturing"),
    ("软件", "ruanjian", "rj", "software"), ("信息技术", "xinxijishu", "xxjs", "software"),
    ("数据服务", "shujufuwu", "sjfw", "software"), ("融资租赁", "rongzizulin", "rzzl", "finance"),
    ("商业保理", "shangyebaoli", "sybl", "finance"), ("商贸", "shangmao", "sm", "retail"),
    ("连锁超市", "liansuochaoshi", "lscs", "retail"), ("医疗器械", "yiliaoqixie", "ylqx", "medical"),
    ("生物医药", "shengwuyiyao", "swyy", "medical"), ("教育科技", "jiaoyukeji", "jykj", "education"),
    ("建设工程", "jianshegongcheng", "jsgc", "construction"), ("物业管理", "wuyeguanli", "wygl", "construction"),
    ("供应链", "gongyinglian", "gyl", "logistics"), ("国际物流", "guojiwuliu", "gjwl", "logistics"),
    ("新能源", "xinnengyuan", "xny", "energy"), ("环保设备", "huanbaoshebei", "hbsb", "energy"),
    ("文化传媒", "wenhuachuanmei", "whcm", "services"), ("酒店管理", "jiudianguanli", "jdgl", "services"),
)  # fmt: skip
FORM = ("有限公司", "youxiangongsi", "yxgs")
TWIN_FORMS = ("股份有限公司", "有限责任公司", "(集团)有限公司", " 有限公司")
LONG_TRADE = "智能装备制造与工业互联网信息技术综合服务产业发展"

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉梅建国志宇浩欣怡子涵雨晨"
POSITIONS = (
    "总经理",
    "副总经理",
    "采购经理",
    "采购专员",
    "IT经理",
    "财务经理",
    "行政主管",
    "技术总监",
    "项目经理",
    "运营主管",
)
DECISION_ROLES = ("decider", "influencer", "user", "opponent")
HOBBIES = ("羽毛球", "钓鱼", "跑步", "书法", "摄影", "足球", "茶艺", "登山")
PRODUCTS = (
    ("企业协同平台", "KX-100", "套", 98000), ("客户服务系统", "KX-200", "套", 128000), ("数据分析平台", "KX-300", "套", 268000),
    ("移动办公套件", "KX-110", "套", 58000), ("呼叫中心系统", "KX-210", "套", 188000), ("工业网关", "GW-10", "台", 6800),
    ("边缘服务器", "SV-40", "台", 36800), ("智能考勤终端", "AT-5", "台", 1980), ("视频会议终端", "VC-20", "台", 15800),
    ("实施服务", "SE-01", "人天", 2800), ("年度维保", "SE-02", "年", 30000), ("定制开发", "SE-03", "人月", 45000),
)  # fmt: skip
"""Name, model, unit, list price."""
CATEGORIES = {
    "KX": "软件产品", "GW": "网络设备", "SV": "服务器", "AT": "智能终端", "VC": "会议设备", "SE": "专业服务",
}  # fmt: skip
"""By the first letters of the model."""
COST_SHARES = {"KX": "0.28", "GW": "0.61", "SV": "0.74", "AT": "0.58", "VC": "0.66", "SE": "0.52"}
"""By the same letters: which part of the list price a piece costs."""
ATTRIBUTES = {
    "GW-10": (("工作电压", "9–36 V"), ("网口", "4 × 千兆"), ("工作温度", "-40–75 ℃"), ("防护等级", "IP40")),
    "SV-40": (("处理器", "16 核"), ("内存", "64 GB"), ("硬盘", "2 × 1.92 TB SSD"), ("工作电压", "220 V")),
    "AT-5": (("识别方式", "人脸、指纹、刷卡"), ("容量", "5000 人"), ("工作电压", "12 V")),
    "VC-20": (("视频", "4K 30 帧"), ("拾音距离", "6 米"), ("接口", "HDMI、USB 3.0")),
    "KX-100": (("部署方式", "云端或本地"), ("用户数", "50 起")),
}
"""By model."""
ARRIVALS = (
    ("SV-40", 20, "A-02-1", 9, "清远算力设备有限公司", None), ("SV-40", 40, "A-02-2", 30, "清远算力设备有限公司", None),
    ("GW-10", 100, "A-01-1", 5, "云溪通信器材有限公司", None), ("AT-5", 60, "B-01-1", -3, "佳禾智能科技有限公司", None),
    ("VC-20", 15, "B-02-3", 14, "佳禾智能科技有限公司", None),
    ("GW-10", 50, "A-01-2", -20, "云溪通信器材有限公司", "供应商停产，改订新批次"),
)  # fmt: skip
"""Model, count, bin, days from today, supplier, why it was called off."""
DEMANDS = ("采购", "升级", "扩容", "续费", "试点", "二期", "更换", "招标")
TODOS = {
    "电话了解需求": "phone", "发送方案和报价": "email", "上门演示产品": "visit", "确认预算和决策人": "phone",
    "跟进合同条款": "phone", "邀请参观样板客户": "wechat", "确认实施时间": "wechat", "回复技术问题": "email",
    "拜访采购负责人": "visit", "收集投标要求": "email",
}  # fmt: skip
"""What to do, and the kind of contact that it is."""
RESULTS = (
    "已沟通，客户认可方案", "约定下周再谈", "需要补充案例资料", "预算已确认，等待审批", "客户希望价格再优惠", "已安排技术交流",
    "决策人出差，改期联系",
)  # fmt: skip
TITLES = {
    "电话沟通需求": "phone", "上门拜访": "visit", "方案汇报": "meeting", "报价沟通": "phone", "技术交流": "meeting",
    "商务会谈": "meeting", "微信跟进": "wechat", "发送资料邮件": "email", "项目进度确认": "phone",
}  # fmt: skip
NEXT_STEPS = ("发送报价单", "安排演示", "约见决策人", "提交合同", "电话回访")
DESCRIPTIONS = (
    "客户现有系统已使用多年，计划更换。",
    "年度预算内项目，预计分两期实施。",
    "老客户推荐，需求明确。",
    "多家比价，关注服务能力。",
)
STREETS = ("中山路", "人民路", "解放大道", "科技园路", "建设街", "滨江大道", "高新大道", "文化路")
BANKS = ("中国工商银行", "中国建设银行", "中国银行", "招商银行", "交通银行")

LATIN_FIRST = (
    "Ashby", "Barlow", "Calder", "Denholm", "Elmsworth", "Fairley", "Garrick", "Hartwell", "Ingram", "Jessop",
    "Kelmscott", "Langford", "Merrick", "Norwood", "Oakham", "Penrose", "Quilter", "Redfern", "Selwyn", "Thornbury",
    "Underhill", "Vickers", "Wexford", "Yarrow", "Abbot", "Brunel", "Corbin", "Dunmore", "Everard", "Falconer",
    "Granger", "Holloway", "Ilford", "Jarvis", "Kendrick", "Lockyer", "Mansell", "Netherby", "Orford", "Pelham",
    "Ravens", "Stroud", "Tilbury", "Upton", "Verney", "Wickham", "Yelland", "Zeller", "Alden", "Birch",
)  # fmt: skip
LATIN_SECOND = (
    "Rowe", "Stone", "Fields", "Marsh", "Vale", "Brook", "Cross", "Hill", "Moor", "Wood", "Heath", "Lane", "Park",
    "Ridge", "Shore", "Court", "Green", "Hall", "Ford", "Grange", "Bridge", "Mills", "Wells", "Gate", "Forge",
    "Lodge", "Grove", "Haven", "Point", "View", "Spring", "Summit", "Terrace", "Union", "Wharf", "Bank", "Castle",
    "Dale", "Edge", "Fort",
)  # fmt: skip
LATIN_TRADES = (
    "Trading", "Logistics", "Engineering", "Foods", "Textiles", "Electronics", "Chemicals", "Machinery",
    "Packaging", "Software", "Printing", "Furniture", "Plastics", "Optics", "Medical", "Energy", "Marine", "Paper",
    "Glass", "Steel", "Tools", "Motors", "Toys", "Garden", "Fashion", "Media", "Mining", "Aviation", "Dairy",
    "Ceramics", "Timber", "Seafood", "Instruments", "Coatings", "Robotics", "Lighting", "Cables", "Pumps", "Valves",
    "Brewing",
)  # fmt: skip
LATIN_FORMS = ("Ltd", "Inc", "GmbH", "Partners", "Group", "Holdings", "Corp", "PLC", "Co", "LLC")
"""Company names of invented words, for benchmark data that are not Chinese."""
