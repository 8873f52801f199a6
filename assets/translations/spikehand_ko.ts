<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
<context>
    <name>KioskWindow</name>
    <message>
        <source>No PIN is set: Ctrl+Shift+K alone leaves the booth.</source>
        <translation>PIN이 설정되어 있지 않아서 Ctrl+Shift+K만 누르면 전시 화면이 끝나요.</translation>
    </message>
    <message>
        <source>The PIN in the settings is damaged: set it anew, none can be right.</source>
        <translation>설정에 저장된 PIN이 손상되어 어떤 PIN도 맞지 않아요. 새로 설정해 주세요.</translation>
    </message>
</context>
<context>
    <name>PinPage</name>
    <message>
        <source>A PIN has at least {0} digits.</source>
        <translation>PIN은 {0}자리 이상이에요.</translation>
    </message>
    <message>
        <source>That is not the PIN.</source>
        <translation>PIN이 맞지 않아요.</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Wait {0} s.</source>
        <translation>PIN을 여러 번 잘못 입력했어요. {0}초만 기다려 주세요.</translation>
    </message>
    <message>
        <source>No PIN can be right: set it anew with kiosk --set-pin.</source>
        <translation>맞는 PIN이 없어요. kiosk --set-pin으로 새로 설정해 주세요.</translation>
    </message>
    <message>
        <source>PIN to leave the booth</source>
        <translation>전시를 끝내려면 PIN을 입력해 주세요</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Back to the booth</source>
        <translation>전시로 돌아가기</translation>
    </message>
</context>
<context>
    <name>kiosk</name>
    <message>
        <source>Hand clapping</source>
        <translation>손뼉 치기</translation>
    </message>
    <message>
        <source>Right hand wave</source>
        <translation>오른손 흔들기</translation>
    </message>
    <message>
        <source>Left hand wave</source>
        <translation>왼손 흔들기</translation>
    </message>
    <message>
        <source>Right arm clockwise</source>
        <translation>오른팔 시계&#xa0;방향</translation>
    </message>
    <message>
        <source>Right arm counter-clockwise</source>
        <translation>오른팔 시계&#xa0;반대&#xa0;방향</translation>
    </message>
    <message>
        <source>Left arm clockwise</source>
        <translation>왼팔 시계&#xa0;방향</translation>
    </message>
    <message>
        <source>Left arm counter-clockwise</source>
        <translation>왼팔 시계&#xa0;반대&#xa0;방향</translation>
    </message>
    <message>
        <source>Arm roll</source>
        <translation>두 팔 굴리기</translation>
    </message>
    <message>
        <source>Air drums</source>
        <translation>에어 드럼</translation>
    </message>
    <message>
        <source>Air guitar</source>
        <translation>에어 기타</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>다른 동작</translation>
    </message>
    <message>
        <source>Clap your hands</source>
        <translation>손뼉을 쳐 보세요</translation>
    </message>
    <message>
        <source>Wave your right hand</source>
        <translation>오른손을 흔들어 보세요</translation>
    </message>
    <message>
        <source>Wave your left hand</source>
        <translation>왼손을 흔들어 보세요</translation>
    </message>
    <message>
        <source>Circle your right arm clockwise</source>
        <translation>오른팔을 시계&#xa0;방향으로 돌려 보세요</translation>
    </message>
    <message>
        <source>Circle your right arm counter-clockwise</source>
        <translation>오른팔을 시계&#xa0;반대&#xa0;방향으로 돌려 보세요</translation>
    </message>
    <message>
        <source>Circle your left arm clockwise</source>
        <translation>왼팔을 시계&#xa0;방향으로 돌려 보세요</translation>
    </message>
    <message>
        <source>Circle your left arm counter-clockwise</source>
        <translation>왼팔을 시계&#xa0;반대&#xa0;방향으로 돌려 보세요</translation>
    </message>
    <message>
        <source>Roll your arms round each other</source>
        <translation>두 팔을 빙글빙글 굴려 보세요</translation>
    </message>
    <message>
        <source>Play the air drums</source>
        <translation>드럼 치는 흉내를 내 보세요</translation>
    </message>
    <message>
        <source>Play the air guitar</source>
        <translation>기타 치는 흉내를 내 보세요</translation>
    </message>
    <message>
        <source>Make up a gesture</source>
        <translation>나만의 동작을 해 보세요</translation>
    </message>
    <message>
        <source>Wave to the camera</source>
        <translation>카메라를 향해 손을 흔들어 보세요</translation>
    </message>
    <message>
        <source>A spiking neural network watches, event by event</source>
        <translation>스파이킹&#xa0;신경망이 이벤트&#xa0;하나하나를 지켜보고&#xa0;있어요</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>이렇게 움직여요</translation>
    </message>
    <message>
        <source>An event camera sees only what moves</source>
        <translation>이벤트 카메라는 움직이는 것만 봐요</translation>
    </message>
    <message>
        <source>Try a gesture</source>
        <translation>동작을 해 보세요</translation>
    </message>
    <message>
        <source>{0} % of the votes</source>
        <translation>득표율 {0} %</translation>
    </message>
    <message>
        <source>Hold a gesture for a second, or tap, to play</source>
        <translation>동작을 1초 동안 계속하거나 화면을 누르면 게임이 시작돼요</translation>
    </message>
    <message>
        <source>Each bright dot is a neuron firing</source>
        <translation>밝은 점 하나하나가 신호를 보내는 뉴런이에요</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1}개 중 {0}번째</translation>
    </message>
    <message>
        <source>Nearly there!</source>
        <translation>거의 다 됐어요!</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>좋아요, 계속해 보세요</translation>
    </message>
    <message>
        <source>Just like the figure</source>
        <translation>그림처럼 따라 해 보세요</translation>
    </message>
    <message>
        <source>Well done!</source>
        <translation>참 잘했어요!</translation>
    </message>
    <message>
        <source>in {0} seconds</source>
        <translation>{0}초 만에 성공했어요</translation>
    </message>
    <message>
        <source>1 point</source>
        <translation>1점</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0}점</translation>
    </message>
    <message>
        <source>{0} of {1} gestures</source>
        <translation>동작 {1}개 중 {0}개 성공</translation>
    </message>
    <message>
        <source>Never mind</source>
        <translation>괜찮아요!</translation>
    </message>
    <message>
        <source>That was the last one</source>
        <translation>이번이 마지막 동작이었어요</translation>
    </message>
    <message>
        <source>On to the next one</source>
        <translation>다음 동작으로 넘어가요</translation>
    </message>
    <message>
        <source>Perfect!</source>
        <translation>완벽해요!</translation>
    </message>
    <message>
        <source>Well played!</source>
        <translation>정말 멋져요!</translation>
    </message>
    <message>
        <source>Thank you for playing</source>
        <translation>함께해 주셔서 고마워요</translation>
    </message>
    <message>
        <source>Best of the day: {0}</source>
        <translation>오늘의 최고 기록: {0}점</translation>
    </message>
    <message>
        <source>The best of the day!</source>
        <translation>오늘의 최고 기록이에요!</translation>
    </message>
    <message>
        <source>The camera is resting</source>
        <translation>카메라가 쉬고 있어요</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>잠시만 기다려 주세요</translation>
    </message>
</context>
</TS>
